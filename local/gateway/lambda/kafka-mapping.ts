import { randomUUID } from "node:crypto";
import { AwsError, type GapContext } from "../gap";

type Json = Record<string, unknown>;

/** A Kafka event source mapping as GetEventSourceMapping answers it (without `Tags`). */
export interface KafkaMapping extends Json {
  readonly UUID: string;
  readonly EventSourceMappingArn: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  readonly Topics: readonly string[];
  readonly State: "Enabled" | "Disabled";
  readonly Tags: Readonly<Record<string, string>>;
}

/** What may be changed after creation; `Enabled` and `FunctionName` are treated apart. */
const changeable = [
  "BatchSize",
  "MaximumBatchingWindowInSeconds",
  "FunctionResponseTypes",
  "MaximumRetryAttempts",
  "MaximumRecordAgeInSeconds",
  "BisectBatchOnFunctionError",
  "DestinationConfig",
  "FilterCriteria",
  "KMSKeyArn",
  "MetricsConfig",
  "ProvisionedPollerConfig",
  "SourceAccessConfigurations",
];
const fixed = ["EventSourceArn", "Topics", "StartingPosition", "StartingPositionTimestamp"];

/** AWS's ranges for a Kafka source: Lambda API reference, CreateEventSourceMapping and ProvisionedPollerConfig. */
const ranges: readonly (readonly [string, number, number])[] = [
  ["BatchSize", 1, 10_000],
  ["MaximumBatchingWindowInSeconds", 0, 300],
  ["MaximumRetryAttempts", -1, 10_000],
  ["MaximumRecordAgeInSeconds", -1, 604_800],
];

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).every((child) => child === null || isEmpty(child));

/** The named settings that the call sets; an empty structure takes a setting away. */
const settings = (call: Json, names: readonly string[]): Json =>
  Object.fromEntries(
    names
      .filter((name) => call[name] !== undefined && call[name] !== null)
      .map((name) => [name, isEmpty(call[name]) ? undefined : call[name]]),
  );

/** @throws AwsError InvalidParameterValueException, for what AWS refuses too. */
export const checkMapping = (mapping: Json): void => {
  const faults = ranges.flatMap(([name, least, most]) => {
    const value = mapping[name];
    const fits = value === undefined || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most);
    return fits ? [] : [`${name}: expected a whole number from ${least} to ${most}, but got ${value}`];
  });
  if (Number(mapping.BatchSize) > 10 && mapping.MaximumBatchingWindowInSeconds === 0) {
    faults.push("MaximumBatchingWindowInSeconds: expected at least 1 when BatchSize is more than 10, but got 0");
  }
  const topics = mapping.Topics;
  if (!Array.isArray(topics) || topics.length !== 1) faults.push("Topics: expected exactly one topic");
  if (mapping.StartingPosition === undefined)
    faults.push("StartingPosition: expected TRIM_HORIZON, LATEST or AT_TIMESTAMP");
  const { MinimumPollers = 1, MaximumPollers = 200 } = (mapping.ProvisionedPollerConfig ?? {}) as Record<
    string,
    number
  >;
  if (MinimumPollers < 1 || MinimumPollers > 200 || MaximumPollers < MinimumPollers || MaximumPollers > 2000) {
    faults.push(
      `ProvisionedPollerConfig: expected 1 to 200 minimum and as many to 2000 maximum pollers, but got ${MinimumPollers} and ${MaximumPollers}`,
    );
  }
  if (faults.length > 0) throw new AwsError("InvalidParameterValueException", faults.join("; "));
};

export const newMapping = (
  call: Json,
  functionArn: string,
  { account, region }: { readonly account: string; readonly region: string },
  { now }: GapContext,
): KafkaMapping => {
  const id = randomUUID();
  const group = (call.AmazonManagedKafkaEventSourceConfig as Json | undefined)?.ConsumerGroupId ?? id;
  const mapping = {
    BatchSize: 100,
    ...settings(call, [...fixed, ...changeable]),
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
    UUID: id,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${id}`,
    FunctionArn: functionArn,
    LastModified: now().getTime() / 1000,
    LastProcessingResult: "No records processed",
    State: call.Enabled === false ? "Disabled" : "Enabled",
    StateTransitionReason: "USER_INITIATED",
    Tags: (call.Tags ?? {}) as Record<string, string>,
  };
  checkMapping(mapping);
  return mapping as unknown as KafkaMapping;
};

export const changedMapping = (
  was: KafkaMapping,
  call: Json,
  functionArn: string,
  { now }: GapContext,
): KafkaMapping => {
  const mapping: KafkaMapping = {
    ...was,
    ...settings(call, changeable),
    FunctionArn: functionArn,
    LastModified: now().getTime() / 1000,
    State: call.Enabled === undefined ? was.State : call.Enabled ? "Enabled" : "Disabled",
  };
  checkMapping(mapping);
  return mapping;
};
