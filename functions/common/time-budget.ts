/** The part of Lambda's context the handlers use. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

/** Longest time for one image, however long the function may run. */
const MAX_SECONDS = 30;

/** Time to write an image's outputs and to answer. */
const RESERVE_SECONDS = 2;

/** How a call shares its time among images. */
export interface TimeBudget {
  /** Longest processing of one image: a third of the call's time, 1 to 30 seconds. */
  readonly secondsAllowed: number;
  /** Whether an image taken now can still end before Lambda ends the call. */
  allowsAnother(): boolean;
}

export function timeBudget(context: RemainingTime): TimeBudget {
  const total = context.getRemainingTimeInMillis() / 1000;
  const secondsAllowed = Math.min(MAX_SECONDS, Math.max(1, Math.floor(total / 3)));
  return {
    secondsAllowed,
    allowsAnother: () => context.getRemainingTimeInMillis() / 1000 >= secondsAllowed + RESERVE_SECONDS,
  };
}
