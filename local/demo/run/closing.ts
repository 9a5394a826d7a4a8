import { setTimeout as sleep } from "node:timers/promises";

/** Longest wait for one server to end, in seconds. */
const longestSeconds = 30;

/** Ends everything and says what could not be ended; answers the exit code: no success while something still runs. */
export async function exitCodeAfter(closing: Closing, code: number, say: (fault: string) => void): Promise<number> {
  const faults = await closing.close();
  for (const fault of faults) say(fault);
  return faults.length > 0 && code === 0 ? 1 : code;
}

/** What has to end with the run, ended in the reverse order of its beginning. */
export class Closing {
  readonly #open: { readonly name: string; readonly stop: () => unknown }[] = [];
  #closed: Promise<string[]> | undefined;

  /** Registers what has been started. After {@link close} it is ended at once. */
  async add(name: string, stop: () => unknown): Promise<void> {
    if (this.#closed === undefined) this.#open.push({ name, stop });
    else await stop();
  }

  /** Ends everything; one that fails does not keep the others. Answers what could not be ended, one line each. */
  close(): Promise<string[]> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<string[]> {
    const faults: string[] = [];
    for (let open = this.#open.pop(); open !== undefined; open = this.#open.pop()) {
      const { name, stop } = open;
      const late = new AbortController();
      try {
        const limit = sleep(longestSeconds * 1000, true, { signal: late.signal }).catch(() => false);
        if ((await Promise.race([Promise.resolve(stop()), limit])) === true) {
          faults.push(`${name} did not end within ${longestSeconds} s`);
        }
      } catch (error) {
        faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        late.abort();
      }
    }
    return faults;
  }
}
