import { z } from "zod";
import { type EventRecord, partitionName } from "../../local/event-source/msk-event";

const record = z.looseObject({
  topic: z.string(),
  partition: z.int(),
  offset: z.int(),
  timestamp: z.number(),
  timestampType: z.string(),
  key: z.string().nullish(),
  value: z.string().nullish(),
  headers: z.array(z.record(z.string(), z.array(z.number()))).nullish(),
});
const event = z.object({
  eventSource: z.string(),
  eventSourceArn: z.string().default(""),
  bootstrapServers: z.string().default(""),
  records: z.record(z.string(), z.array(record)),
});

/**
 * What Lambda writes to an S3 on-failure destination: `payload` is the event, as JSON in a string (Lambda Developer Guide, "Capturing discarded batches for
 * Amazon MSK and self-managed Apache Kafka event sources": "the payload field contains the original invocation record as an escaped JSON string").
 */
const invocation = z.object({
  requestContext: z.object({ condition: z.string() }),
  payload: z.string(),
});

/** Records that Lambda gave up on. */
export interface FailedRecords {
  /** Why. */
  readonly condition: string;
  readonly sourceArn: string;
  readonly brokers: readonly string[];
  /** In their order; one list a partition. */
  readonly partitions: readonly (readonly EventRecord[])[];
}

/** @returns undefined when the object is nothing that Lambda writes for records of Kafka. */
export function failedRecords(bytes: Uint8Array): FailedRecords | undefined {
  const found = invocation.safeParse(parsed(Buffer.from(bytes).toString("utf8")));
  if (!found.success) return undefined;
  const content = event.safeParse(parsed(found.data.payload));
  if (!content.success) return undefined;
  const { eventSourceArn, bootstrapServers, records } = content.data;
  const partitions = new Map<string, EventRecord[]>();
  for (const one of Object.values(records).flat()) {
    // Fields that are null or unknown travel on as they came.
    const each = one as unknown as EventRecord;
    partitions.set(partitionName(each), [...(partitions.get(partitionName(each)) ?? []), each]);
  }
  return {
    condition: found.data.requestContext.condition,
    sourceArn: eventSourceArn,
    brokers: bootstrapServers === "" ? [] : bootstrapServers.split(","),
    partitions: [...partitions.values()],
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
