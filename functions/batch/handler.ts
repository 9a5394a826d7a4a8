import { boundToCall } from "../common/bound-to-call";
import { errorFields } from "../common/log";
import { inParallel } from "../common/parallel";
import { printable } from "../common/printable";
import type { Outcome, ProcessingDependencies } from "../common/process-image";
import { type RemainingTime, timeBudget } from "../common/time-budget";
import { type ListedItem, listedItems } from "./event";
import { processItem } from "./item";

/** Counts of one call; the run's report sums them up. */
export interface BatchResult {
  readonly processed: number;
  readonly quarantined: number;
  readonly skipped: number;
}

export interface BatchDependencies extends ProcessingDependencies {
  /** Images one call works on at once. */
  readonly imagesAtOnce: number;
}

/** Some images must be tried again. The others are finished. */
export class TransientFailures extends Error {
  override readonly name = "TransientFailures";

  constructor(
    message: string,
    /** What became of the finished ones. */
    readonly done: BatchResult,
    /** The images to try again. */
    readonly left: readonly ListedItem[],
  ) {
    super(message);
  }
}

type Result = Outcome | { readonly failure: string };

/**
 * Processes listed images: uploads that wait, or images that go through again.
 * @throws TransientFailures once every other image is finished.
 * @throws BadBatchEvent
 */
export async function handleBatch(
  event: unknown,
  context: RemainingTime,
  dependencies: BatchDependencies,
): Promise<BatchResult> {
  const { log, meter } = dependencies;
  const items = listedItems(event);
  const budget = timeBudget(context);
  const call = boundToCall(dependencies, budget);
  const started = performance.now();
  const results = await inParallel(items, dependencies.imagesAtOnce, async (item): Promise<Result> => {
    if (!budget.allowsAnother()) return { failure: `${item.key}: no time left to start it` };
    try {
      return await budget.within(processItem(item, budget.secondsAllowed, call));
    } catch (error) {
      const fields = errorFields(error);
      log("error", "image failed", { key: item.key, ...fields });
      return { failure: [item.key, fields.error, fields.detail].join(": ") };
    }
  });
  const failures = results.flatMap((result) => (typeof result === "string" ? [] : [result.failure]));
  const count = (wanted: Outcome): number => results.filter((result) => result === wanted).length;
  const counts = { processed: count("processed"), quarantined: count("quarantined"), skipped: count("skipped") };
  const milliseconds = Math.round(performance.now() - started);
  log("info", "batch call", { images: items.length, ...counts, failed: failures.length, milliseconds });
  meter?.end({ ...counts, failed: failures.length });
  if (failures.length > 0) {
    throw new TransientFailures(
      `${failures.length} of ${items.length} images must be tried again, first ${printable(failures[0] ?? "")}`,
      counts,
      items.filter((_, index) => typeof results[index] !== "string"),
    );
  }
  return counts;
}
