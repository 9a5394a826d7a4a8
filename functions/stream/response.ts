import type { MSKRecord } from "aws-lambda";

/**
 * What Lambda expects of a Kafka function with ReportBatchItemFailures: where to resume, once a partition that is not
 * finished. `partition` is the name under which the event holds the records, `topic-partition`. From that offset on
 * everything is delivered again; partitions that are not named are done. An answer that names anything that was not in
 * the event counts as a failure of the whole batch (Lambda Developer Guide, "Configuring error handling controls for
 * Kafka event sources"; the same form in AWS's Powertools for Python, `_collect_kafka_failures`).
 */
export interface StreamResponse {
  readonly batchItemFailures: readonly {
    readonly itemIdentifier: { readonly partition: string; readonly offset: number };
  }[];
}

/** A record under the name of its partition in the event. */
export interface Delivered {
  readonly partition: string;
  readonly record: MSKRecord;
}

/** The lowest unfinished offset of each partition. */
export function resumePoints(unfinished: readonly Delivered[]): StreamResponse {
  const lowest = new Map<string, number>();
  for (const { partition, record } of unfinished) {
    lowest.set(partition, Math.min(record.offset, lowest.get(partition) ?? record.offset));
  }
  return {
    batchItemFailures: [...lowest].map(([partition, offset]) => ({ itemIdentifier: { partition, offset } })),
  };
}

/** Whether Lambda can move on in any partition: in one that is finished, or that begins with a finished record. */
export function anyProgress(delivered: readonly Delivered[], { batchItemFailures }: StreamResponse): boolean {
  const resume = new Map(
    batchItemFailures.map(({ itemIdentifier: { partition, offset } }) => [partition, offset] as const),
  );
  return delivered.some(({ partition, record }) => record.offset < (resume.get(partition) ?? Number.POSITIVE_INFINITY));
}
