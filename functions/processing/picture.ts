import type { ProcessingContext } from "../contract/process";
import { decoderError } from "./decoder-error";
import { type Sharp, sharp } from "./engine";
import { FEATURE_BOX } from "./feature-box";
import { checkDimensions } from "./limits";
import { type Size, scaled, scaleFor } from "./size";
import type { ImageFormat } from "./sniff";
import type { TimeLimit } from "./time-limit";

/** Above this the decoded picture (4 bytes a pixel) is not held in memory; each output decodes the file again. */
const MAX_HELD_PIXELS = 16_000_000;

/** A checked image, ready to be drawn as often as needed. */
export interface Picture extends Size {
  readonly frames: number;
  readonly hasAlpha: boolean;
  readonly colourSpace: string;
  /** Upright, in sRGB with 8 bits: the first frame, at least as large as any rendition needs. */
  still(): Sharp;
  /** All frames, undefined for a still picture. */
  readonly animation: (() => Sharp) | undefined;
}

/**
 * Reads the header, holds it against the limits, and only then decodes.
 * @throws ImageRefused
 */
export async function openPicture(
  bytes: Uint8Array,
  format: ImageFormat,
  context: ProcessingContext,
  time: TimeLimit,
): Promise<Picture> {
  try {
    const header = await sharp(bytes, { limitInputPixels: false, failOn: "error" }).metadata();
    const { width, height } = header.autoOrient;
    const frames = header.pages ?? 1;
    checkDimensions({ format, width, height, frames }, context.limits);
    const options = { failOn: "error", limitInputPixels: context.limits.maxPixels } as const;
    const fromFile = (): Sharp => sharp(bytes, options).autoOrient().toColourspace("srgb");
    const moves = frames > 1 && (format === "gif" || format === "webp") && (header.orientation ?? 1) === 1;
    return {
      width,
      height,
      frames,
      hasAlpha: header.hasAlpha,
      colourSpace: header.space,
      still: (await held({ width, height }, fromFile, context, time)) ?? fromFile,
      animation: moves ? () => sharp(bytes, { ...options, pages: -1 }).toColourspace("srgb") : undefined,
    };
  } catch (error) {
    throw decoderError(error, time);
  }
}

/** Decodes once, shrunk to what the largest output needs; undefined when even that is too large to hold. */
async function held(
  picture: Size,
  fromFile: () => Sharp,
  { renditions }: ProcessingContext,
  time: TimeLimit,
): Promise<(() => Sharp) | undefined> {
  const scale = Math.max(...[...renditions, FEATURE_BOX].map((box) => scaleFor(picture, box)));
  const size = scaled(picture, scale);
  if (size.width * size.height > MAX_HELD_PIXELS) return undefined;
  const shrunk = time.guard(fromFile().resize({ ...size, fit: "fill" })).raw();
  const { data, info } = await shrunk.toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return () => sharp(data, { raw: { width, height, channels } });
}
