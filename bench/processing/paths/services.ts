import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { awsEnvironment } from "../../../local/aws-environment";
import { clientSettings } from "../../../local/demo/client-settings";
import type { ObjectStore } from "../../../local/demo/object-store";
import { s3Store } from "../../../local/demo/s3-store";
import { startKafka } from "../../../local/processes/kafka";
import { startMinistack } from "../../../local/processes/ministack";

/** Names of the buckets a function is told of. */
export const buckets = { uploads: "bench-uploads", processed: "bench-processed", quarantine: "bench-quarantine" };

/** What AWS runs: a real Kafka broker and the emulated S3, on other cores than the function. */
export interface Services {
  readonly brokers: readonly string[];
  readonly store: ObjectStore;
  readonly s3: S3Client;
  /** Directs a function to them. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const account = "000000000000";

/** Starts both. They end with this process at the latest. */
export async function startServices(region: string, log: (message: string) => void): Promise<Services> {
  const folder = await mkdtemp(join(tmpdir(), "darkroom-bench-"));
  const started = await Promise.allSettled([
    startKafka({ dataFolder: join(folder, "kafka"), log }),
    startMinistack({ stateFolder: join(folder, "ministack"), log }),
  ]);
  const [kafka, ministack] = started;
  const running = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  if (kafka.status === "rejected" || ministack.status === "rejected") {
    await stop();
    throw started.find((one) => one.status === "rejected")?.reason;
  }
  const { endpoint } = ministack.value;
  const settings = clientSettings(endpoint, account, region);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  for (const Bucket of Object.values(buckets)) {
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } }),
    );
  }
  return {
    brokers: kafka.value.brokers,
    store: s3Store(settings),
    s3,
    environment: awsEnvironment({ endpoint, account, region }),
    async stop() {
      s3.destroy();
      await stop();
    },
  };
}
