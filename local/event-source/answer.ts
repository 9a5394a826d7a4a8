import { z } from "zod";
import { type EventRecord, partitionName } from "./msk-event";

const failures = z.object({
  batchItemFailures: z
    .array(z.object({ itemIdentifier: z.object({ partition: z.string(), offset: z.number().int() }) }))
    .nullish(),
});

/**
 * Reads a function's answer under ReportBatchItemFailures: how many of the records, from the first on, are done. An empty
 * answer, or one without failures, means all. An answer of another shape, or one that names a record that was not in the
 * batch, means none: Lambda then treats the whole batch as failed.
 */
export const recordsDone = (answer: string, records: readonly EventRecord[]): number => {
  const parsed = failures.safeParse(parse(answer));
  if (!parsed.success) return 0;
  const indexes = (parsed.data.batchItemFailures ?? []).map(({ itemIdentifier: { partition, offset } }) =>
    records.findIndex((record) => record.offset === offset && partitionName(record) === partition),
  );
  return Math.max(0, Math.min(records.length, ...indexes));
};

/** `null` and an empty text both stand for "nothing failed"; text that is not JSON stands for itself. */
const parse = (answer: string): unknown => {
  if (answer.trim() === "") return {};
  try {
    return JSON.parse(answer) ?? {};
  } catch {
    return answer;
  }
};
