import type { MSKEvent, MSKRecord } from "aws-lambda";
import type { FunctionEnvironment } from "../../functions/common/environment";
import { type EncodedMessage, encodeMessage } from "../../functions/common/message";
import type { ProcessingDependencies } from "../../functions/common/process-image";
import type { RemainingTime } from "../../functions/common/time-budget";
import { process } from "../../functions/processing";
import { context } from "./images";
import { MemoryStore } from "./memory-store";

/** A function as it is deployed, on a store in memory and a clock that stands still. */
export interface Deployed extends ProcessingDependencies {
  readonly store: MemoryStore;
  readonly imagesAtOnce: number;
  readonly lines: Record<string, unknown>[];
}

export const version = "0123456789ab";

const environment: FunctionEnvironment = {
  environment: "test",
  uploadsBucket: "uploads",
  processedBucket: "processed",
  quarantineBucket: "quarantine",
  processing: { limits: context.limits, renditions: context.renditions },
  processingVersion: version,
  memoryMegabytes: 2048,
};

export function deploy(change: Partial<Deployed> = {}): Deployed {
  const lines: Record<string, unknown>[] = [];
  return {
    store: new MemoryStore(),
    environment,
    process,
    log: (level, message, fields) => lines.push({ level, message, ...fields }),
    now: () => new Date("2026-02-01T10:00:00Z"),
    imagesAtOnce: 2,
    lines,
    ...change,
  };
}

/** Lambda's context with time left for so many images, asked for before each is taken and before it is processed. */
export function timeFor(images = Number.POSITIVE_INFINITY): RemainingTime {
  let asked = 0;
  return { getRemainingTimeInMillis: () => (asked++ <= 2 * images ? 60_000 : 5000) };
}

export const sentAt = new Date("2026-01-31T23:59:59.500Z");

/** A message as the event source mapping hands it over: value in base64, header values as signed bytes. */
export function record(
  { value, headers }: Pick<EncodedMessage, "value" | "headers">,
  offset = 0,
  partition = 0,
): MSKRecord {
  return {
    topic: "images",
    partition,
    offset,
    timestamp: Date.parse("2026-02-01T00:00:01Z"),
    timestampType: "CREATE_TIME",
    key: "",
    value: value.toString("base64"),
    headers: Object.entries(headers).map(([name, text]) => ({ [name]: [...new Int8Array(Buffer.from(text))] })),
  };
}

export const inline = (id: string, bytes: Uint8Array, offset = 0, partition = 0): MSKRecord =>
  record(encodeMessage({ kind: "inline", id, name: `${id}.jpg`, sentAt, bytes }), offset, partition);

export function event(...records: readonly MSKRecord[]): MSKEvent {
  const partitions: MSKEvent["records"] = {};
  for (const each of records) {
    const name = `${each.topic}-${each.partition}`;
    partitions[name] = [...(partitions[name] ?? []), each];
  }
  return {
    eventSource: "aws:kafka",
    eventSourceArn: "arn:aws:kafka:eu-central-1:000000000000:cluster/darkroom-test-images/1",
    bootstrapServers: "127.0.0.1:9098",
    records: partitions,
  };
}
