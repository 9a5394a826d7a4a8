import { readFileSync } from "node:fs";
import {
  CreateApplicationCommand,
  CreateApplicationVersionCommand,
  CreateEnvironmentCommand,
  ElasticBeanstalkClient,
  UpdateEnvironmentCommand,
} from "@aws-sdk/client-elastic-beanstalk";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { bundleApp } from "../../../apps/bundle/bundle";
import { startTestAccount, type TestAccount } from "../gateway/test-account";

export const buckets = { uploads: "uploads", processed: "processed", apps: "apps" };
export const mostBytes = 8_000_000;
/** The least that S3 takes as a part. */
export const partBytes = 5_242_880;

const common = {
  ENVIRONMENT: "local",
  AWS_REGION: "eu-central-1",
  UPLOADS_BUCKET: buckets.uploads,
  MAX_IMAGE_BYTES: String(mostBytes),
  // What must not count on this computer.
  AUTHENTICATION: "load-balancer",
  PROXY_HOPS: "2",
};

/** What the compute stack sets; the apps' names are those of Beanstalk's environments. */
const variables: Readonly<Record<"stream" | "upload", Readonly<Record<string, string>>>> = {
  stream: { ...common, KAFKA_TOPIC: "images", KAFKA_PARTITIONS: "2", INLINE_MAX_BYTES: "10000" },
  upload: {
    ...common,
    PROCESSED_BUCKET: buckets.processed,
    SCHEDULE_ENABLED: "true",
    SCHEDULE_EXPRESSION: "cron(30 3 * * ? *)",
    SCHEDULE_TIME_ZONE: "Europe/Berlin",
    PROCESSED_DAYS: "30",
    MULTIPART_FROM_BYTES: String(partBytes),
    PART_BYTES: String(partBytes),
  },
};

const optionsOf = (named: Readonly<Record<string, string>>) =>
  Object.entries(named).map(([OptionName, Value]) => ({
    Namespace: "aws:elasticbeanstalk:application:environment",
    OptionName,
    Value,
  }));

/** An account with a broker, in which both web apps are deployed. */
export async function deployedApps() {
  const account: TestAccount = await startTestAccount({ kafka: true });
  const s3 = new S3Client({ ...account.client, forcePathStyle: true });
  const beanstalk = new ElasticBeanstalkClient(account.client);
  for (const Bucket of Object.values(buckets)) await s3.send(new CreateBucketCommand({ Bucket }));
  for (const part of ["stream", "upload"] as const) {
    const { zipPath } = await bundleApp(part);
    const bundle = { S3Bucket: buckets.apps, S3Key: `${part}.zip` };
    await s3.send(
      new PutObjectCommand({ Bucket: bundle.S3Bucket, Key: bundle.S3Key, Body: new Uint8Array(readFileSync(zipPath)) }),
    );
    const named = { ApplicationName: part };
    const brokers = part === "stream" ? { KAFKA_BROKERS: account.kafka?.brokers.join(",") ?? "" } : {};
    await beanstalk.send(new CreateApplicationCommand(named));
    await beanstalk.send(
      new CreateApplicationVersionCommand({ ...named, VersionLabel: "one", SourceBundle: { ...bundle } }),
    );
    await beanstalk.send(
      new CreateEnvironmentCommand({
        ...named,
        EnvironmentName: part,
        VersionLabel: "one",
        SolutionStackName: "64bit Amazon Linux 2023 v6.0.0 running Node.js 22",
        OptionSettings: optionsOf({ ...variables[part], ...brokers }),
      }),
    );
  }
  return {
    account,
    s3,
    /** Deploys other variables. */
    async set(part: "stream" | "upload", change: Readonly<Record<string, string>>) {
      await beanstalk.send(new UpdateEnvironmentCommand({ EnvironmentName: part, OptionSettings: optionsOf(change) }));
    },
    async stop() {
      s3.destroy();
      beanstalk.destroy();
      await account.stop();
    },
  };
}
