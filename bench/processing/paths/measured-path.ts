import type { HostUsage } from "./host-usage";
import { buckets, type Services } from "./services";

/** One way into the pipeline, ready to be measured again and again. */
export interface MeasuredPath {
  /** Sends the images anew, under new names, has all of them processed, and tells what the function used. */
  run(images: readonly PathImage[]): Promise<HostUsage>;
  stop(): Promise<void>;
}

/** An image's file; the same may go through as often as needed. */
export interface PathImage {
  readonly path: string;
}

/**
 * @throws Error when `work` did not process exactly `images` more images: a path that drops some is quick.
 */
export async function expectProcessed<T>(services: Services, images: number, work: () => Promise<T>): Promise<T> {
  const records = async () => (await services.store.list(buckets.processed, "features/")).length;
  const before = await records();
  const result = await work();
  const processed = (await records()) - before;
  if (processed !== images) throw new Error(`Expected ${images} images processed, but got ${processed}.`);
  return result;
}
