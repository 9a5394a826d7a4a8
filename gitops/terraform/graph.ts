import type { Stack } from "./manifest";

/** How the work on one stack ended: well, or in a way that its dependants can't build upon. */
export interface Ended<T> {
  readonly good: boolean;
  readonly result: T;
}

/**
 * Does the work on all stacks, each after those it depends on, `concurrency` at once. Stacks that come, directly or
 * not, after one that did not end well are left untouched and reported through `skipped`.
 * The results are in the order of the stacks. Work must not throw.
 */
export async function runInOrder<T>(
  stacks: readonly Stack[],
  options: {
    readonly concurrency: number;
    readonly work: (stack: Stack) => Promise<Ended<T>>;
    readonly skipped: (stack: Stack, because: readonly string[]) => T;
  },
): Promise<T[]> {
  const { concurrency, work, skipped } = options;
  const chosen = new Set(stacks.map(({ name }) => name));
  const done = new Map<string, Ended<T>>();
  const running = new Map<string, Promise<void>>();
  while (done.size < stacks.length) {
    let moved = false;
    for (const stack of stacks) {
      if (done.has(stack.name) || running.has(stack.name)) continue;
      const first = stack.dependencies.filter((name) => chosen.has(name));
      if (!first.every((name) => done.has(name))) continue;
      const because = first.filter((name) => done.get(name)?.good === false);
      if (because.length > 0) {
        done.set(stack.name, { good: false, result: skipped(stack, because) });
        moved = true;
      } else if (running.size < concurrency) {
        const task = work(stack).then((ended) => {
          done.set(stack.name, ended);
          running.delete(stack.name);
        });
        running.set(stack.name, task);
      }
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (!moved && done.size < stacks.length) throw new Error("The stacks depend on each other in a circle.");
  }
  return stacks.flatMap(({ name }) => done.get(name)?.result ?? []);
}

/** Does the work on all items, at most `concurrency` at once; results in the order of the items. */
export async function runSideBySide<I, T>(
  items: readonly I[],
  concurrency: number,
  work: (item: I) => Promise<T>,
): Promise<T[]> {
  const results: T[] = new Array(items.length);
  const entries = items.entries();
  const lane = async () => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, lane));
  return results;
}
