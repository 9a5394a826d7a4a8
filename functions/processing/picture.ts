import type { ProcessingContext } from "../contract/process";
import { type Sharp, sharp } from "./engine";
import type { Exposure } from "./exposure";
import { FEATURE_BOX } from "./feature-box";
import type { Header } from "./header";
import { releaseMemory } from "./release-memory";
import { type Size, scaled, scaleFor } from "./size";
import type { TimeLimit } from "./time-limit";

/** Above this the decoded picture (4 bytes a pixel) is not held in memory; each output decodes the file again. */
export const MAX_HELD_PIXELS = 16_000_000;

/** A checked image, ready to be drawn as often as needed. */
export interface Picture extends Size {
  readonly frames: number;
  readonly hasAlpha: boolean;
  readonly colourSpace: string;
  readonly exposure: Exposure;
  /** Upright, in sRGB with 8 bits: the first frame, at least as large as any rendition needs. */
  still(): Sharp;
  /** All frames, undefined for a still picture. */
  readonly animation: (() => Sharp) | undefined;
  /** Gives its memory back. Only when no pipeline of it runs any more. */
  release(): void;
}

/** Size at which a picture is decoded: what the largest output needs. */
export function decodedSize(picture: Size, renditions: ProcessingContext["renditions"]): Size {
  return scaled(picture, Math.max(...[...renditions, FEATURE_BOX].map((box) => scaleFor(picture, box))));
}

/**
 * Decodes once, as far as memory allows.
 * @throws whatever sharp throws; ImageRefused when the time is over.
 */
export async function openPicture(
  bytes: Buffer,
  header: Header,
  context: ProcessingContext,
  time: TimeLimit,
): Promise<Picture> {
  const options = { failOn: "error", limitInputPixels: context.limits.maxPixels } as const;
  const fromFile = (): Sharp => sharp(bytes, options).autoOrient().toColourspace("srgb");
  const decoded = await held(header, fromFile, context, time);
  return {
    ...header,
    still: decoded?.still ?? fromFile,
    release: decoded?.release ?? (() => {}),
    animation: header.moves ? () => sharp(bytes, { ...options, pages: -1 }).toColourspace("srgb") : undefined,
  };
}

/** Decodes once, shrunk to what the largest output needs; undefined when even that is too large to hold. */
async function held(
  header: Header,
  fromFile: () => Sharp,
  { renditions }: ProcessingContext,
  time: TimeLimit,
): Promise<Pick<Picture, "still" | "release"> | undefined> {
  const size = decodedSize(header, renditions);
  if (size.width * size.height > MAX_HELD_PIXELS) return undefined;
  const shrunk = fromFile()
    .resize({ ...size, fit: "fill" })
    .raw();
  const { data, info } = await time.run(shrunk, (pipeline) => pipeline.toBuffer({ resolveWithObject: true }));
  const { width, height, channels } = info;
  return { still: () => sharp(data, { raw: { width, height, channels } }), release: () => releaseMemory(data) };
}
