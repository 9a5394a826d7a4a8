import { availableParallelism } from "node:os";

/** Memory for the file of an image, its outputs, and what S3's client holds of both. Decoding waits for room of its own. */
const MEGABYTES_AN_IMAGE = 512;

/** libuv has four threads by default, and each image being processed occupies one. */
const MOST = 4;

/**
 * How many images one call works on at once: two more than processors, so that one may wait for S3 to read and another to
 * write. How many of them are decoded at once is decided image by image, by what each needs (processing/memory-gate.ts).
 */
export function imagesAtOnce(memoryMegabytes: number | undefined, processors = availableParallelism()): number {
  const fitting = memoryMegabytes === undefined ? MOST : Math.floor(memoryMegabytes / MEGABYTES_AN_IMAGE);
  return Math.max(1, Math.min(MOST, fitting, processors + 2));
}
