import { readFileSync } from "node:fs";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  GetFunctionCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { createTopic } from "../../../functions/producer/create-topic";
import { kafkaClient } from "../../../local/demo/kafka-client";
import type { ChaosAccount } from "./account";
import type { S3Proxy } from "./s3-proxy";

/** Any 12 hex digits: part of the keys. */
export const processingVersion = "c0ffee123456";

export interface PipelineProps {
  /** Of the topic, the function and, with endings, the buckets. */
  readonly name: string;
  /** @default - as in the environment */
  readonly partitions?: number;
  /** @default - as in the environment */
  readonly batchSize?: number;
  /** @default - as in the environment */
  readonly maxPollers?: number;
  /** What the function reaches S3 by. @default - nothing stands between them */
  readonly proxy?: S3Proxy;
}

/** One topic and what reads it, deployed by the account's APIs as the stacks deploy it. */
export interface Pipeline {
  readonly topic: string;
  readonly functionName: string;
  readonly partitions: number;
  readonly buckets: { readonly uploads: string; readonly processed: string; readonly quarantine: string };
}

/** Lossless, so that a colour comes out as it went in. */
const renditions = [
  { name: "tile", format: "png", maxWidthPixels: 64, maxHeightPixels: 64, fit: "inside", quality: 80 },
] as const;

/** Buckets are versioned, so that an object that was written twice shows. */
async function createBuckets(account: ChaosAccount, names: readonly string[]): Promise<void> {
  const s3 = new S3Client({ ...account.client, forcePathStyle: true });
  for (const Bucket of names) {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  s3.destroy();
}

async function createTopicOf(account: ChaosAccount, topic: string, numPartitions: number): Promise<void> {
  const admin = kafkaClient(account.brokers).admin();
  await admin.connect();
  await createTopic(admin, { topic, numPartitions, replicationFactor: 1 }).finally(() => admin.disconnect());
}

/** Deploys the stream function and its Kafka event source mapping with the settings of the account's environment. */
export async function deployPipeline(account: ChaosAccount, props: PipelineProps): Promise<Pipeline> {
  const { name, proxy = account.ministack } = props;
  const { account: number, region, name: environmentName, processing, streaming } = account.environment;
  const { consumer } = streaming;
  const partitions = props.partitions ?? streaming.partitions;
  const buckets = { uploads: `${name}-uploads`, processed: `${name}-processed`, quarantine: `${name}-quarantine` };
  await Promise.all([createBuckets(account, Object.values(buckets)), createTopicOf(account, name, partitions)]);
  const lambda = new LambdaClient(account.client);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: "nodejs22.x",
      Handler: "stream.handler",
      Role: `arn:aws:iam::${number}:role/${name}`,
      Timeout: processing.timeoutSeconds,
      MemorySize: processing.memoryMegabytes,
      Code: { ZipFile: readFileSync(account.bundle.zipPath) },
      Environment: {
        Variables: {
          AWS_ENDPOINT_URL: proxy.endpoint,
          ENVIRONMENT: environmentName,
          UPLOADS_BUCKET: buckets.uploads,
          PROCESSED_BUCKET: buckets.processed,
          QUARANTINE_BUCKET: buckets.quarantine,
          PROCESSING: JSON.stringify({ limits: processing.limits, renditions }),
          PROCESSING_VERSION: processingVersion,
        },
      },
    }),
  );
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
  await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: `arn:aws:kafka:${region}:${number}:cluster/${name}/0a1b2c3d-2`,
      FunctionName: Configuration?.FunctionArn,
      Topics: [name],
      StartingPosition: "TRIM_HORIZON",
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: name },
      BatchSize: props.batchSize ?? consumer.batchSize,
      MaximumBatchingWindowInSeconds: consumer.windowSeconds,
      MaximumRetryAttempts: consumer.retryAttempts,
      MaximumRecordAgeInSeconds: consumer.maxRecordAgeSeconds,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: props.maxPollers ?? consumer.maxPollers },
      DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::${buckets.quarantine}` } },
    }),
  );
  lambda.destroy();
  return { topic: name, functionName: name, partitions, buckets };
}
