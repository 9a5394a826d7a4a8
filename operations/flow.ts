/** Groups what comes into lists of at most `size`. */
export async function* inBatches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What comes and is wanted, in its order; `size` items are asked at once, since an answer may take a request. */
export async function* onlyWanted<Item>(
  items: AsyncIterable<Item>,
  size: number,
  isWanted: (item: Item) => Promise<boolean>,
): AsyncGenerator<Item> {
  for await (const batch of inBatches(items, size)) {
    const answers = await Promise.all(batch.map(isWanted));
    yield* batch.filter((_, index) => answers[index]);
  }
}

/**
 * Works on what comes, at most `limit` at once; no more is taken from `items` meanwhile, so that memory does not grow with their number.
 * The first failure stops new work, and is thrown once what is under way has ended.
 */
export async function forEachAtMost<Item>(
  items: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    const one = work(item)
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => underWay.delete(one));
    underWay.add(one);
    if (underWay.size >= limit) await Promise.race(underWay);
    if (failures.length > 0) break;
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}
