/** Concurrency groups of jobs, as `queue: max` has them: one at a time, the others in the order in which they came. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** Waits for a turn. @returns what ends it */
  async take(group: string | undefined): Promise<() => void> {
    if (group === undefined) return () => {};
    const before = this.last.get(group);
    const { promise, resolve } = withResolvers();
    this.last.set(group, promise);
    await before;
    return resolve;
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
