import { availableParallelism } from "node:os";

/** Memory one image may need: its file, its decoded picture, its outputs. */
const MEGABYTES_AN_IMAGE = 512;

/** libuv has four threads by default, and each image being processed occupies one. */
const MOST = 4;

/** How many images one call works on at once: enough to process one while others wait for S3. */
export function imagesAtOnce(memoryMegabytes: number | undefined, processors = availableParallelism()): number {
  const fitting = memoryMegabytes === undefined ? MOST : Math.floor(memoryMegabytes / MEGABYTES_AN_IMAGE);
  return Math.max(1, Math.min(MOST, fitting, processors + 1));
}
