import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";

/** A deployed Kafka event source mapping, with AWS's defaults filled in. */
export interface Mapping {
  readonly id: string;
  readonly enabled: boolean;
  readonly sourceArn: string;
  readonly functionArn: string;
  readonly topic: string;
  readonly groupId: string;
  /** 1–10,000 records. */
  readonly batchSize: number;
  /** Longest wait for a batch to fill, in milliseconds. */
  readonly windowMilliseconds: number;
  readonly start: { readonly at: "TRIM_HORIZON" | "LATEST" } | { readonly at: "AT_TIMESTAMP"; readonly time: number };
  /** Invocations after the first; `Infinity` when there is no end. */
  readonly maxRetries: number;
  /** Seconds since the record's timestamp; `Infinity` when there is no end. */
  readonly maxAgeSeconds: number;
  readonly bisect: boolean;
  /** Whether the function's answer says which records failed (ReportBatchItemFailures). */
  readonly partialResponses: boolean;
  /** Bucket of the on-failure destination. */
  readonly onFailureBucket: string | undefined;
  /** Partitions read at once. */
  readonly maxPollers: number;
}

/** AWS's retries where a destination is set and retries are infinite (Lambda Developer Guide, Kafka retry configurations). */
const retriesWithDestination = 10;
/** The batching window of a Kafka source that sets none (Lambda Developer Guide, "Batching behavior"). */
const defaultWindowMilliseconds = 500;

const unlessInfinite = (value: number | undefined, infinite: number): number =>
  value === undefined || value < 0 ? infinite : value;

const startOf = ({
  StartingPosition,
  StartingPositionTimestamp,
}: EventSourceMappingConfiguration): Mapping["start"] => {
  if (StartingPosition !== "AT_TIMESTAMP") return { at: StartingPosition === "LATEST" ? "LATEST" : "TRIM_HORIZON" };
  return { at: "AT_TIMESTAMP", time: StartingPositionTimestamp?.getTime() ?? 0 };
};

/** Reads a mapping as ListEventSourceMappings gives it; `undefined` for other sources than Amazon MSK. */
export const readMapping = (mapping: EventSourceMappingConfiguration): Mapping | undefined => {
  const { UUID: id, EventSourceArn: sourceArn, FunctionArn: functionArn, Topics } = mapping;
  const topic = Topics?.[0];
  if (!id || !functionArn || !topic || !sourceArn?.startsWith("arn:aws:kafka:")) return undefined;
  const window = mapping.MaximumBatchingWindowInSeconds;
  const destination = mapping.DestinationConfig?.OnFailure?.Destination;
  const onFailureBucket = destination?.match(/^arn:aws:s3:::([^/]+)$/)?.[1];
  return {
    id,
    enabled: mapping.State === "Enabled",
    sourceArn,
    functionArn,
    topic,
    groupId: mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? id,
    batchSize: mapping.BatchSize ?? 100,
    windowMilliseconds: window === undefined ? defaultWindowMilliseconds : window * 1000,
    start: startOf(mapping),
    maxRetries: unlessInfinite(mapping.MaximumRetryAttempts, onFailureBucket ? retriesWithDestination : Infinity),
    maxAgeSeconds: unlessInfinite(mapping.MaximumRecordAgeInSeconds, Infinity),
    bisect: mapping.BisectBatchOnFunctionError ?? false,
    partialResponses: mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
    onFailureBucket,
    maxPollers: mapping.ProvisionedPollerConfig?.MaximumPollers ?? 1,
  };
};
