import type { ProcessingLimits } from "../contract/process";
import { sharp } from "./engine";
import { type Exposure, exposureOf } from "./exposure";
import { checkDimensions } from "./limits";
import type { Size } from "./size";
import type { ImageFormat } from "./sniff";
import type { TimeLimit } from "./time-limit";

/** What an image says of itself before it is decoded. */
export interface Header extends Size {
  readonly format: ImageFormat;
  readonly frames: number;
  /** Whether it is an animation that can stay one. */
  readonly moves: boolean;
  readonly hasAlpha: boolean;
  readonly colourSpace: string;
  readonly exposure: Exposure;
  /** Channels as the file has them. */
  readonly channels: number;
  /** Bytes of one channel of one pixel. */
  readonly sampleBytes: number;
  /** Whether the file holds the picture in passes, so that all of it must be in memory. */
  readonly inPasses: boolean;
  /** Whether the camera was turned. */
  readonly turned: boolean;
}

/** libvips' names of number formats. */
const sampleBytes: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2, double: 8 };

/**
 * Reads the header and holds it against the limits.
 * @throws ImageRefused `too-many-pixels`, and whatever sharp throws.
 */
export async function readHeader(
  bytes: Buffer,
  format: ImageFormat,
  limits: ProcessingLimits,
  time: TimeLimit,
): Promise<Header> {
  const file = sharp(bytes, { limitInputPixels: false, failOn: "error" });
  const metadata = await time.run(file, (pipeline) => pipeline.metadata());
  const { width, height } = metadata.autoOrient;
  const frames = metadata.pages ?? 1;
  const animated = frames > 1 && (format === "gif" || format === "webp");
  checkDimensions({ width, height, decodedFrames: animated ? frames : 1 }, limits);
  const turned = (metadata.orientation ?? 1) > 1;
  return {
    width,
    height,
    format,
    frames,
    moves: animated && !turned,
    hasAlpha: metadata.hasAlpha,
    colourSpace: metadata.space,
    exposure: exposureOf(metadata.exif),
    channels: metadata.channels,
    sampleBytes: sampleBytes[metadata.depth] ?? 4,
    inPasses: metadata.isProgressive,
    turned,
  };
}
