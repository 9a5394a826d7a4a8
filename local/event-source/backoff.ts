import { setTimeout as sleep } from "node:timers/promises";

export interface Backoff {
  /** Milliseconds before the first repetition; doubles with each. */
  readonly baseMilliseconds: number;
  readonly capMilliseconds: number;
}

/** Waits before repetition `attempt` (1, 2, …): a random time up to the doubled base, so that repetitions spread. */
export const backOff = async ({ baseMilliseconds, capMilliseconds }: Backoff, attempt: number, signal: AbortSignal) => {
  const most = Math.min(capMilliseconds, baseMilliseconds * 2 ** Math.min(attempt - 1, 30));
  await sleep(most / 2 + (Math.random() * most) / 2, undefined, { signal });
};
