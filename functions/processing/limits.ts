import { grouped } from "../contract/grouped";
import type { ProcessingLimits } from "../contract/process";
import { ImageRefused } from "../contract/refusal";
import { countChunks, countFrames } from "./frame-count";
import { countScans } from "./jpeg-scans";
import type { ImageFormat } from "./sniff";

/** Far more than any encoder writes. */
const MOST_SCANS = 100;

/** Chunks of a webp beside its frames: far more than there are kinds of them. */
const MOST_FURTHER_CHUNKS = 100;

/** What an image's header says of it. */
export interface Dimensions {
  /** In pixels, of one frame. */
  readonly width: number;
  readonly height: number;
  /** Frames that are decoded: 1 unless the picture moves. */
  readonly decodedFrames: number;
}

/** @throws ImageRefused `too-many-bytes` */
export function checkBytes(size: number, { maxBytes }: ProcessingLimits): void {
  if (size <= maxBytes) return;
  throw new ImageRefused(
    "too-many-bytes",
    `Expected at most ${grouped(maxBytes)} bytes (processing.limits.maxBytes), but got ${grouped(size)}.`,
  );
}

/**
 * Before even the header is read: some readers of headers take long over long lists.
 * @throws ImageRefused `too-many-frames` or `unsupported-format`
 */
export function checkLists(bytes: Buffer, format: ImageFormat, { maxFrames }: ProcessingLimits): void {
  if (countFrames(bytes, format, maxFrames) > maxFrames) {
    throw new ImageRefused(
      "too-many-frames",
      `Expected at most ${grouped(maxFrames)} frames or pages (processing.limits.maxFrames), but got more.`,
    );
  }
  const chunks = maxFrames + MOST_FURTHER_CHUNKS;
  if (format === "webp" && countChunks(bytes, chunks) > chunks) {
    throw new ImageRefused("unsupported-format", `Expected a webp of at most ${grouped(chunks)} chunks, but got more.`);
  }
  if (format === "jpeg" && countScans(bytes, MOST_SCANS) > MOST_SCANS) {
    throw new ImageRefused("unsupported-format", `Expected a jpeg of at most ${MOST_SCANS} scans, but got more.`);
  }
}

/**
 * Before anything is decoded: a few bytes can claim to be a picture of gigabytes.
 * @throws ImageRefused `too-many-pixels`
 */
export function checkDimensions({ width, height, decodedFrames }: Dimensions, { maxPixels }: ProcessingLimits): void {
  if (width * height * decodedFrames <= maxPixels) return;
  const frames = decodedFrames > 1 ? ` × ${grouped(decodedFrames)} frames` : "";
  throw new ImageRefused(
    "too-many-pixels",
    `Expected at most ${grouped(maxPixels)} pixels (processing.limits.maxPixels), but got ${grouped(width)} × ${grouped(height)}${frames}.`,
  );
}
