import type { ProcessingLimits } from "../contract/process";
import { ImageRefused } from "../contract/refusal";
import type { ImageFormat } from "./sniff";

/** Formats in which further frames are an animation, so that all of them are decoded; elsewhere only the first page is. */
const animatedFormats: readonly ImageFormat[] = ["gif", "webp"];

/** What an image's header says of it. */
export interface Dimensions {
  readonly format: ImageFormat;
  /** In pixels, of one frame. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

const number = (value: number): string => value.toLocaleString("en-US");

/** @throws ImageRefused `too-many-bytes` */
export function checkBytes(size: number, { maxBytes }: ProcessingLimits): void {
  if (size <= maxBytes) return;
  throw new ImageRefused(
    "too-many-bytes",
    `Expected at most ${number(maxBytes)} bytes (processing.limits.maxBytes), but got ${number(size)}.`,
  );
}

/**
 * Before anything is decoded: a few bytes can claim to be a picture of gigabytes.
 * @throws ImageRefused `too-many-frames` or `too-many-pixels`
 */
export function checkDimensions(
  { format, width, height, frames }: Dimensions,
  { maxPixels, maxFrames }: ProcessingLimits,
): void {
  if (frames > maxFrames) {
    throw new ImageRefused(
      "too-many-frames",
      `Expected at most ${number(maxFrames)} frames or pages (processing.limits.maxFrames), but got ${number(frames)}.`,
    );
  }
  const decoded = animatedFormats.includes(format) ? frames : 1;
  if (width * height * decoded <= maxPixels) return;
  const size = `${number(width)} × ${number(height)}${decoded > 1 ? ` × ${number(decoded)} frames` : ""}`;
  throw new ImageRefused(
    "too-many-pixels",
    `Expected at most ${number(maxPixels)} pixels (processing.limits.maxPixels), but got ${size}.`,
  );
}
