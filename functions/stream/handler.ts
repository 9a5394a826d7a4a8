import type { MSKEvent } from "aws-lambda";
import { boundToCall } from "../common/bound-to-call";
import { errorFields } from "../common/log";
import { inParallel } from "../common/parallel";
import { printable } from "../common/printable";
import type { Outcome, ProcessingDependencies } from "../common/process-image";
import { type RemainingTime, timeBudget } from "../common/time-budget";
import { deliveredRecords } from "./event";
import { processRecord } from "./record";
import { anyProgress, type Delivered, resumePoints, type StreamResponse } from "./response";

export interface StreamDependencies extends ProcessingDependencies {
  /** Images one call works on at once. */
  readonly imagesAtOnce: number;
}

/**
 * No partition of the call can move on. Lambda then tries the whole batch again, halving it until the record that fails
 * is alone; retries count, so that in the end it alone goes to the failed records, and those behind it go on. An answer
 * that names the first record of everything would leave open whether Lambda halves (the guide does not say), and with it
 * the records behind could be given up together with it. What is finished is not processed again in either case.
 */
export class NoProgress extends Error {
  override readonly name = "NoProgress";
}

type Result = Outcome | { readonly failure: string };

/**
 * Processes the records of one call, and answers in time which are left (response.ts). Records are independent of each
 * other: one that fails never keeps another from being processed, in its own partition or elsewhere.
 * @throws NoProgress when every partition's first record is left.
 * @throws BadStreamEvent
 */
export async function handleStream(
  event: MSKEvent,
  context: RemainingTime,
  dependencies: StreamDependencies,
): Promise<StreamResponse> {
  const { log, meter } = dependencies;
  const delivered = deliveredRecords(event);
  const budget = timeBudget(context);
  const call = boundToCall(dependencies, budget);
  const started = performance.now();
  let notStarted = 0;
  const results = await inParallel(delivered, dependencies.imagesAtOnce, async ({ record }): Promise<Result> => {
    if (!budget.allowsAnother()) {
      notStarted++;
      return { failure: "no time left to start it" };
    }
    try {
      return await budget.within(processRecord(record, budget.secondsAllowed, call));
    } catch (error) {
      const { topic, partition, offset } = record;
      const fields = errorFields(error);
      log("error", "record failed", { topic, partition, offset, ...fields });
      return { failure: [fields.error, fields.detail].join(": ") };
    }
  });
  const left = delivered.filter((_, index) => typeof results[index] !== "string");
  const count = (wanted: Outcome): number => results.filter((result) => result === wanted).length;
  const counts = { processed: count("processed"), quarantined: count("quarantined"), skipped: count("skipped") };
  log("info", "stream call", {
    records: delivered.length,
    ...counts,
    failed: left.length - notStarted,
    notStarted,
    milliseconds: Math.round(performance.now() - started),
  });
  meter?.end({ ...counts, failed: left.length });
  const response = resumePoints(left);
  if (left.length === 0 || anyProgress(delivered, response)) return response;
  const first = results.find((result) => typeof result !== "string");
  throw new NoProgress(noProgress(delivered, left, typeof first === "string" ? "" : (first?.failure ?? "")));
}

function noProgress(delivered: readonly Delivered[], left: readonly Delivered[], failure: string): string {
  const { partition = "", record } = left[0] ?? {};
  return `${left.length} of ${delivered.length} records must be tried again, first ${partition} offset ${record?.offset}: ${printable(failure)}`;
}
