import { setTimeout as sleep } from "node:timers/promises";

/** Something looked at again and again. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Looks no more; resolves when the last look has ended. */
  stop(): Promise<void>;
}

/** Looks at once and then every `everyMilliseconds` after the last look ended. A look that fails is told and made again. */
export function watch(look: () => Promise<void>, everyMilliseconds: number, failed: (error: unknown) => void): Watch {
  const stopping = new AbortController();
  const { signal } = stopping;
  const looking = (async () => {
    while (!signal.aborted) {
      await look().catch(failed);
      await sleep(everyMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    signal,
    stop: () => {
      stopping.abort();
      return looking;
    },
  };
}
