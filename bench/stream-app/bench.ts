import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { bundleApp } from "../../apps/bundle/bundle";
import { makeTopic } from "../../functions/producer";
import { startKafka } from "../../local/processes/kafka";
import { median } from "../median";
import { sendFor } from "./callers";
import { compileBare } from "./compile-bare";
import { startService } from "./service-process";

export interface StreamAppProps {
  readonly seconds: number;
  readonly rounds: number;
  readonly callers: number;
  /** Of each image; below what travels in a record. */
  readonly bytes: number;
}

/** Medians of the rounds, of the web app and of bare Fastify with kafkajs. */
export interface StreamAppResult extends StreamAppProps {
  /** Images a second of the app by those of the bare service: 1 is as many. */
  readonly ratio: number;
  readonly imagesPerSecond: number;
  readonly bareImagesPerSecond: number;
  /** Processor time of the service an image; undefined where the system does not tell. */
  readonly cpuMilliseconds: number | undefined;
  readonly bareCpuMilliseconds: number | undefined;
}

/** Images that are sent before anything is measured, so that both are compiled by then. */
const warmUpSeconds = 3;
const inlineMaxBytes = 262_144;

interface Round {
  readonly perSecond: number;
  readonly cpu: number | undefined;
}

/** Sends images to the web app's bundle and to a bare service, in turn, through the same broker. */
export async function benchStreamApp(props: StreamAppProps, say: (line: string) => void): Promise<StreamAppResult> {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-bench-"));
  const kafka = await startKafka({ dataFolder: join(folder, "kafka"), log: say });
  try {
    const contenders = { app: await unpackApp(join(folder, "app")), bare: await compileBare(folder) };
    const rounds: Record<keyof typeof contenders, Round[]> = { app: [], bare: [] };
    for (let round = 1; round <= props.rounds; round++) {
      // Who comes first has the emptier disk cache: in turn.
      const order = round % 2 ? (["bare", "app"] as const) : (["app", "bare"] as const);
      for (const name of order) {
        const measured = await measure(contenders[name], `${name}-${round}`, kafka.brokers, props);
        rounds[name].push(measured);
        say(`round ${round}: ${name} ${measured.perSecond.toFixed(0)} images/s`);
      }
    }
    return summary(props, rounds.app, rounds.bare);
  } finally {
    await kafka.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(file: string, topic: string, brokers: readonly string[], props: StreamAppProps): Promise<Round> {
  const { seconds, callers, bytes } = props;
  await makeTopic({ brokers, topic, auth: "none", partitions: 4, inlineMaxBytes });
  const service = await startService(file, variables(topic, brokers));
  try {
    const image = Buffer.concat([Buffer.from("ffd8ff", "hex"), randomBytes(bytes - 3)]);
    await sendFor(service.url, image, callers, warmUpSeconds);
    const [started, before] = [performance.now(), service.cpuSeconds()];
    const confirmed = await sendFor(service.url, image, callers, seconds);
    const [elapsed, after] = [(performance.now() - started) / 1000, service.cpuSeconds()];
    const cpu = before === undefined || after === undefined ? undefined : ((after - before) * 1000) / confirmed;
    return { perSecond: confirmed / elapsed, cpu };
  } finally {
    await service.stop();
  }
}

const variables = (topic: string, brokers: readonly string[]): Record<string, string> => ({
  ENVIRONMENT: "bench",
  AUTHENTICATION: "none",
  UPLOADS_BUCKET: "uploads",
  AWS_REGION: "eu-central-1",
  KAFKA_AUTH: "none",
  KAFKA_BROKERS: brokers.join(","),
  KAFKA_TOPIC: topic,
  KAFKA_PARTITIONS: "4",
  INLINE_MAX_BYTES: String(inlineMaxBytes),
  RATE_LIMIT_PER_MINUTE: "1000000",
});

/** The app as Beanstalk gets it. @returns its file */
async function unpackApp(folder: string): Promise<string> {
  const { zipPath } = await bundleApp("stream");
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zipPath)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return join(folder, "index.js");
}

function summary(props: StreamAppProps, app: readonly Round[], bare: readonly Round[]): StreamAppResult {
  const perSecond = (rounds: readonly Round[]): number => median(rounds.map((round) => round.perSecond));
  const cpu = (rounds: readonly Round[]): number | undefined => {
    const known = rounds.flatMap((round) => round.cpu ?? []);
    return known.length > 0 ? round(median(known), 3) : undefined;
  };
  const [imagesPerSecond, bareImagesPerSecond] = [perSecond(app), perSecond(bare)];
  return {
    ...props,
    ratio: round(imagesPerSecond / bareImagesPerSecond, 2),
    imagesPerSecond: Math.round(imagesPerSecond),
    bareImagesPerSecond: Math.round(bareImagesPerSecond),
    cpuMilliseconds: cpu(app),
    bareCpuMilliseconds: cpu(bare),
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
