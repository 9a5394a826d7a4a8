import { imagesAtOnce } from "./images-at-once";

/** What decides how many images are on their way to a container image at once. */
export interface Callers {
  readonly memoryMegabytes: number;
  readonly streamConcurrency: number;
  readonly batchConcurrency: number;
}

/** Calls of the container image's function at once: every image that all of its callers may work on at the same time. */
export const containerConcurrency = ({ memoryMegabytes, streamConcurrency, batchConcurrency }: Callers): number =>
  (streamConcurrency + batchConcurrency) * imagesAtOnce(memoryMegabytes, Number.POSITIVE_INFINITY);
