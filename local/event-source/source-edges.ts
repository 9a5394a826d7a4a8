import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Kafka } from "kafkajs";
import type { Backoff } from "./backoff";

/** What every mapping's source shares. */
export interface SourceEdges {
  readonly kafka: Kafka;
  readonly brokers: readonly string[];
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly backoff: Backoff;
  log(message: string): void;
  now(): Date;
}
