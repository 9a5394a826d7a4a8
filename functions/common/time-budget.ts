/** The part of Lambda's context the handlers use. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

/** Longest time for one image, however long the function may run. */
const MAX_SECONDS = 30;

/** Time to write an image's outputs, S3 being well. */
const WRITE_SECONDS = 3;

/** Time to log and to answer, for which everything else is given up. */
const ANSWER_SECONDS = 1;

/** What a call of `totalSeconds` has for one image: a third of it, 1 to 30 seconds. */
export const secondsForImage = (totalSeconds: number): number =>
  Math.min(MAX_SECONDS, Math.max(1, Math.floor(totalSeconds / 3)));

/** How a call shares its time among images. */
export interface TimeBudget {
  /** Longest processing of one image: a third of the call's time, 1 to 30 seconds. */
  readonly secondsAllowed: number;
  /** Aborted one second before Lambda ends the call: whatever still waits for S3 by then must be given up. */
  readonly signal: AbortSignal;
  /** Whether an image whose processing begins now can still be written before the call has to answer. */
  allowsAnother(): boolean;
  /** The same as `work`, unless the call has to answer before: then it rejects with {@link OutOfTime}. */
  within<T>(work: Promise<T>): Promise<T>;
}

/** The call has to answer before the image is finished; the image must be tried again. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";

  constructor() {
    super("The call's time was used up before the image was finished.");
  }
}

/**
 * Begins the budget of one call. Whatever S3 does, and however often requests are repeated, a handler that keeps to it
 * answers before Lambda ends it: the answer then says which images are left, while a call that Lambda ends says nothing.
 */
export function timeBudget(context: RemainingTime): TimeBudget {
  const total = context.getRemainingTimeInMillis() / 1000;
  const secondsAllowed = secondsForImage(total);
  const ending = new AbortController();
  const { signal } = ending;
  // Does not keep the process alive: most calls end long before.
  setTimeout(() => ending.abort(new OutOfTime()), Math.max(0, total - ANSWER_SECONDS) * 1000).unref();
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  // It may end while nobody waits.
  ended.catch(() => undefined);
  return {
    secondsAllowed,
    signal,
    allowsAnother: () => context.getRemainingTimeInMillis() / 1000 >= secondsAllowed + WRITE_SECONDS + ANSWER_SECONDS,
    within: (work) => Promise.race([work, ended]),
  };
}
