import type { EventRecord } from "./msk-event";

/** Most bytes of a synchronous invocation's payload (Lambda quotas: 6 MB). */
export const maxPayloadBytes = 6 * 1024 * 1024;

/** Room for the event around its records: ARN, brokers, names. */
const envelopeBytes = 2048;

const sizeOf = (record: EventRecord): number => Buffer.byteLength(JSON.stringify(record)) + 1;

/** Whether one record alone, base64 included, is more than an invocation carries. */
export const isTooLarge = (record: EventRecord): boolean => sizeOf(record) + envelopeBytes > maxPayloadBytes;

/**
 * Cuts records, in order, into batches of at most `batchSize` records and one invocation's payload. A record that is
 * too large by itself forms a batch of its own.
 */
export const cutIntoBatches = (records: readonly EventRecord[], batchSize: number): EventRecord[][] => {
  const batches: EventRecord[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = sizeOf(record);
    const current = batches.at(-1);
    if (current === undefined || current.length >= batchSize || bytes + size > maxPayloadBytes) {
      batches.push([record]);
      bytes = envelopeBytes + size;
    } else {
      current.push(record);
      bytes += size;
    }
  }
  return batches;
};
