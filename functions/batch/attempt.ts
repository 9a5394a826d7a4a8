import * as z from "zod";
import type { RemainingTime } from "../common/time-budget";
import { type BatchDependencies, type BatchResult, handleBatch, TransientFailures } from "./handler";

/** The state machine gives the same images to the function so often at most, as long as some are left. */
export const mostAttempts = 3;

/** Longest wait before an attempt; half of it before the one before, and so on. */
const longestWaitSeconds = 4;

const earlierAttempts = z.object({
  attempts: z.number().default(0),
  processed: z.number().default(0),
  quarantined: z.number().default(0),
  skipped: z.number().default(0),
});

/** How far a child of the batch is. The state machine hands it back when images are left. */
export interface Attempt extends BatchResult {
  /** Attempts made, this one among them. */
  readonly attempts: number;
  /** Images to try again, in the form in which they were listed. */
  readonly Items: readonly unknown[];
  /** Number of these. */
  readonly left: number;
  /** Wait before the next attempt, chosen at random (full jitter). */
  readonly waitSeconds: number;
  /** Counts and the first failure as JSON: what the run's report reads when the child fails in the end. */
  readonly summary: string;
}

/**
 * One attempt at the images of a child: those that are finished are counted once and for all, those that are not are handed back.
 * @throws BadBatchEvent
 */
export async function attemptBatch(
  event: unknown,
  context: RemainingTime,
  dependencies: BatchDependencies & { random(): number },
): Promise<Attempt> {
  const earlier = earlierAttempts.parse(event);
  const { done, left, failure } = await handleBatch(event, context, dependencies).then(
    (result) => ({ done: result, left: [], failure: undefined }),
    (error: unknown) => {
      if (!(error instanceof TransientFailures)) throw error;
      return { done: error.done, left: error.left, failure: error.message };
    },
  );
  const attempts = earlier.attempts + 1;
  const counts = {
    processed: earlier.processed + done.processed,
    quarantined: earlier.quarantined + done.quarantined,
    skipped: earlier.skipped + done.skipped,
  };
  const longest = longestWaitSeconds / 2 ** Math.max(0, mostAttempts - 1 - attempts);
  return {
    ...counts,
    attempts,
    Items: left.map(({ listed }) => listed),
    left: left.length,
    waitSeconds: left.length === 0 ? 0 : Math.ceil(dependencies.random() * longest),
    summary: JSON.stringify({ ...counts, failed: left.length, ...(failure && { failure }) }),
  };
}
