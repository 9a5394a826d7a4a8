import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { Kafka, logLevel } from "kafkajs";
import { type KafkaPorts, kafkaSettings } from "./kafka-settings";
import { freePort } from "./ports";
import { type ServerProcess, ServerStartError, startServer } from "./server-process";
import { javaPath, kafkaJarFiles } from "./tools";

/** How the broker is started. */
export interface KafkaProps {
  /** Topics, offsets and log are kept here between runs. */
  readonly dataFolder: string;
  /** Told what is waited for. */
  readonly log: (message: string) => void;
}

/** The running broker. */
export interface KafkaBroker extends ServerProcess {
  /** `127.0.0.1:<port>`; the same port as the last time on the same folder when it is still free. */
  readonly brokers: string[];
}

const javaOptions = (): string[] => [
  "-Xms128m",
  "-Xmx384m",
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
  "-Dorg.slf4j.simpleLogger.log.kafka.server=info",
  "-Dorg.slf4j.simpleLogger.showDateTime=true",
  "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
  "-cp",
  kafkaJarFiles().join(delimiter),
];

const environment = (): Record<string, string> => ({ PATH: process.env.PATH ?? "", LANG: "C.UTF-8" });

/** Gives the data folder its cluster id, once, and answers it. The id file is written last, so that an interrupted try is made anew. */
const format = async (folder: string, settings: string): Promise<string> => {
  const idFile = join(folder, "cluster-id");
  if (existsSync(idFile)) return readFileSync(idFile, "utf8");
  rmSync(join(folder, "data"), { recursive: true, force: true });
  // Kafka's form of an id: 16 random bytes in URL-safe base 64; a leading dash would look like an option.
  const id = randomBytes(16).toString("base64url").replace(/^-/, "A");
  const tool = ["kafka.tools.StorageTool", "format", "--cluster-id", id, "--config", settings];
  await promisify(execFile)(javaPath(), [...javaOptions(), ...tool], { env: environment() }).catch((error: unknown) => {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(`Apache Kafka could not prepare ${folder}: ${said}`);
  });
  writeFileSync(`${idFile}.new`, id);
  renameSync(`${idFile}.new`, idFile);
  return id;
};

/** Whether the broker of this cluster answers and takes part in it. */
const answers = async (broker: string, clusterId: string): Promise<boolean> => {
  const admin = new Kafka({
    brokers: [broker],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 5000,
    // It is asked again at once; another program on its port may never answer.
    requestTimeout: 10_000,
    retry: { retries: 0 },
  }).admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    return cluster.clusterId === clusterId && cluster.brokers.length === 1;
  } finally {
    await admin.disconnect();
  }
};

const startOn = async (folder: string, ports: KafkaPorts, log: KafkaProps["log"]): Promise<KafkaBroker> => {
  const settings = join(folder, "server.properties");
  writeFileSync(settings, kafkaSettings(join(folder, "data"), ports));
  const clusterId = await format(folder, settings);
  const broker = `127.0.0.1:${ports.broker}`;
  const server = await startServer({
    name: "Apache Kafka",
    command: javaPath(),
    args: [...javaOptions(), "kafka.Kafka", settings],
    env: environment(),
    cwd: folder,
    logFile: join(folder, "kafka.log"),
    isReady: () => answers(broker, clusterId),
    readySeconds: 90,
    stopSeconds: 20,
    log,
  });
  writeFileSync(join(folder, "port"), String(ports.broker));
  return { ...server, brokers: [broker] };
};

/**
 * Starts a single Kafka broker and resolves when it answers. On a folder that was used before, topics, records and
 * committed offsets are still there. Throws {@link ServerStartError} when it does not come up.
 */
export const startKafka = async ({ dataFolder, log }: KafkaProps): Promise<KafkaBroker> => {
  const folder = resolve(dataFolder);
  mkdirSync(folder, { recursive: true });
  const lastPort = join(folder, "port");
  const preferred = existsSync(lastPort) ? Number(readFileSync(lastPort, "utf8")) : undefined;
  for (let attempt = 1; ; attempt++)
    try {
      const broker = await freePort(preferred);
      let controller = await freePort();
      while (controller === broker) controller = await freePort();
      return await startOn(folder, { broker, controller }, log);
    } catch (error) {
      const taken = error instanceof ServerStartError && error.log.includes("Address already in use");
      if (!taken || attempt === 3) throw error;
    }
};
