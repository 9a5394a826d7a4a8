import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { streamApp } from "../../../apps/stream/app";
import { readStreamSettings } from "../../../apps/stream/settings";
import type { ObjectStore } from "../../../functions/common/store";
import { type KafkaBroker, startKafka } from "../../../local/processes/kafka";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { until } from "../../fixtures/until";
import { type HttpRequest, httpRequest } from "../../support/http-request";
import { recordsOf } from "../../support/topic-records";

export const inlineMaxBytes = 10_000;
export const mostBytes = 2_000_000;
export const bucket = "uploads";

/** What the app is set to in tests, but for its topic and brokers. */
export const variables = {
  ENVIRONMENT: "test",
  AUTHENTICATION: "none",
  UPLOADS_BUCKET: bucket,
  AWS_REGION: "eu-central-1",
  KAFKA_AUTH: "none",
  KAFKA_PARTITIONS: "3",
  INLINE_MAX_BYTES: String(inlineMaxBytes),
  MAX_IMAGE_BYTES: String(mostBytes),
  RATE_LIMIT_PER_MINUTE: "100000",
  // Nobody is to be sent away because the computer is busy.
  LAG_SECONDS: "60",
  DOWN_SECONDS: "60",
  CONFIRM_SECONDS: "55",
};

/** The running app and its topic. */
export interface StreamService {
  readonly url: string;
  ask(path: string, request?: HttpRequest): ReturnType<typeof httpRequest>;
  records(): ReturnType<typeof recordsOf>;
  readonly app: FastifyInstance;
}

/** A broker for the tests of a file, and apps that send to it, each to a topic of its own. */
export function streamServices() {
  const folder = temporaryFolders();
  const started: FastifyInstance[] = [];
  const broker = { dataFolder: "", running: undefined as KafkaBroker | undefined };
  beforeAll(async () => {
    broker.dataFolder = folder();
    broker.running = await startKafka({ dataFolder: broker.dataFolder, log: () => undefined });
  });
  afterEach(async () => {
    for (const app of started.splice(0)) await app.close();
  });
  afterAll(() => broker.running?.stop());
  const brokers = (): readonly string[] => broker.running?.brokers ?? [];
  return {
    broker,
    brokers,
    /** @param change - variables that differ; without KAFKA_TOPIC the topic is named by the number of the app. */
    async start(
      store: Pick<ObjectStore, "putIfAbsent">,
      change: Readonly<Record<string, string>> = {},
    ): Promise<StreamService> {
      const topic = change.KAFKA_TOPIC ?? `topic-${Date.now()}`;
      const settings = readStreamSettings({
        ...variables,
        KAFKA_TOPIC: topic,
        KAFKA_BROKERS: brokers().join(","),
        ...change,
      });
      const app = await streamApp({ settings, store, log: { write: () => undefined } });
      started.push(app);
      await app.listen({ port: 0, host: "127.0.0.1" });
      const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
      const ask = (path: string, request?: HttpRequest) => httpRequest(`${url}${path}`, request);
      await until("the app is ready", async () => (await ask("/ready")).statusCode === 200);
      return { url, ask, app, records: () => recordsOf(brokers(), topic) };
    },
  };
}
