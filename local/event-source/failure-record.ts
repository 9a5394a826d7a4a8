import { randomUUID } from "node:crypto";
import type { Invocation } from "./invoke";
import { type EventRecord, partitionName } from "./msk-event";

/** Why records are given up. */
export type Condition = "RetryAttemptsExhausted" | "RecordAgeExceeded" | "MaximumPayloadSizeExceeded";

export interface GivenUp {
  readonly condition: Condition;
  readonly records: readonly EventRecord[];
  /** The event as it was, or would have been, sent. */
  readonly payload: string;
  readonly invocations: number;
  readonly last: Extract<Invocation, { kind: "failed" }> | undefined;
}

interface Origin {
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly brokers: readonly string[];
}

const time = (timestamp: number | undefined): string => new Date(timestamp ?? 0).toISOString();

/**
 * What Lambda writes to an S3 on-failure destination: metadata and the whole event (Lambda Developer Guide, "Capturing
 * discarded batches for Amazon MSK").
 */
export const failureRecord = (
  { condition, records, payload, invocations, last }: GivenUp,
  origin: Origin,
  now: Date,
) => {
  const [first, final] = [records[0], records.at(-1)];
  return {
    requestContext: {
      requestId: last?.requestId || randomUUID(),
      functionArn: origin.functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    responseContext:
      last === undefined
        ? null
        : {
            statusCode: last.statusCode,
            executedVersion: last.executedVersion,
            functionError: last.functionError,
          },
    version: "1.0",
    timestamp: now.toISOString(),
    KafkaBatchInfo: {
      batchSize: records.length,
      eventSourceArn: origin.sourceArn,
      bootstrapServers: origin.brokers.join(","),
      payloadSize: Buffer.byteLength(payload),
      recordsInfo: {
        [first === undefined ? "" : partitionName(first)]: {
          firstRecordOffset: String(first?.offset),
          lastRecordOffset: String(final?.offset),
          firstRecordTimestamp: time(first?.timestamp),
          lastRecordTimestamp: time(final?.timestamp),
        },
      },
    },
    payload,
  };
};

/** `aws/lambda/<mapping>/<topic>-<partition>/2026/12/31/2026-12-31T23.59.59-<random>`: AWS's convention for streams. */
export const failureKey = (mappingId: string, record: EventRecord, now: Date): string => {
  const [day = "", clock = ""] = now.toISOString().slice(0, 19).split("T");
  return `aws/lambda/${mappingId}/${partitionName(record)}/${day.replaceAll("-", "/")}/${day}T${clock.replaceAll(":", ".")}-${randomUUID()}`;
};
