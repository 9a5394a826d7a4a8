import type { MSKEvent, MSKRecord } from "aws-lambda";
import { errorFields } from "../common/log";
import { inParallel } from "../common/parallel";
import type { Outcome, ProcessingDependencies } from "../common/process-image";
import { type RemainingTime, timeBudget } from "../common/time-budget";
import { processRecord } from "./record";

/**
 * What Lambda expects of a Kafka function with ReportBatchItemFailures: where to resume, at most once a partition.
 * Everything from that offset on is delivered again. (Form: aws-powertools/powertools-lambda-python#7941.)
 */
export interface StreamResponse {
  readonly batchItemFailures: readonly {
    readonly itemIdentifier: { readonly partition: string; readonly offset: number };
  }[];
}

export interface StreamDependencies extends ProcessingDependencies {
  /** Images one call works on at once. */
  readonly imagesAtOnce: number;
}

type Result = Outcome | "failed" | "not-started";

/** Processes the records of one call; never throws for a single record. */
export async function handleStream(
  event: MSKEvent,
  context: RemainingTime,
  dependencies: StreamDependencies,
): Promise<StreamResponse> {
  const { log } = dependencies;
  const records = Object.values(event.records).flat();
  const budget = timeBudget(context);
  const started = performance.now();
  const results = await inParallel(records, dependencies.imagesAtOnce, async (record): Promise<Result> => {
    if (!budget.allowsAnother()) return "not-started";
    try {
      return await processRecord(record, budget.secondsAllowed, dependencies);
    } catch (error) {
      const { topic, partition, offset } = record;
      log("error", "record failed", { topic, partition, offset, ...errorFields(error) });
      return "failed";
    }
  });
  const count = (wanted: Result): number => results.filter((result) => result === wanted).length;
  log("info", "stream call", {
    records: records.length,
    processed: count("processed"),
    quarantined: count("quarantined"),
    skipped: count("skipped"),
    failed: count("failed"),
    notStarted: count("not-started"),
    milliseconds: Math.round(performance.now() - started),
  });
  const unfinished = records.filter((_, index) => results[index] === "failed" || results[index] === "not-started");
  return { batchItemFailures: resumePoints(unfinished) };
}

/** The lowest unfinished offset of each partition. */
function resumePoints(unfinished: readonly MSKRecord[]): StreamResponse["batchItemFailures"] {
  const lowest = new Map<string, number>();
  for (const { topic, partition, offset } of unfinished) {
    const name = `${topic}-${partition}`;
    lowest.set(name, Math.min(offset, lowest.get(name) ?? offset));
  }
  return [...lowest].map(([partition, offset]) => ({ itemIdentifier: { partition, offset } }));
}
