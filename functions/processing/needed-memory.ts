import type { ProcessingContext, RenditionFormat } from "../contract/process";
import type { Header } from "./header";
import { decodedSize, MAX_HELD_PIXELS } from "./picture";
import { sizeFor } from "./size";
import type { ImageFormat } from "./sniff";

const MEGABYTE = 1024 * 1024;

/** Threads' stacks, tables, and what an allocator keeps: for an image of any size. */
const BASE = 32 * MEGABYTE;

/**
 * Bytes a pixel that each decoder holds at once, beside the rows it works on. Measured as the growth of the process with
 * pictures of 50 megapixels (libvips 8.18, docs/engineers.md); tiff may be one strip.
 */
const held: Readonly<Record<ImageFormat, (header: Header) => number>> = {
  // The coefficients, 16 bits each, when it comes in passes.
  jpeg: ({ inPasses, channels }) => (inPasses ? 2 * channels : 0),
  png: ({ inPasses, channels, sampleBytes }) => (inPasses ? channels * sampleBytes : 0),
  webp: () => 4,
  gif: () => 4,
  avif: ({ sampleBytes }) => 18 * sampleBytes,
  tiff: ({ channels, sampleBytes }) => channels * sampleBytes,
};

/** Bytes a pixel of the output that each encoder holds; measured likewise, with 12 megapixels. */
const encoding: Readonly<Record<RenditionFormat, number>> = { jpeg: 7, png: 4, webp: 7, avif: 36 };

/**
 * Memory that an image needs at the most, in bytes: an estimate from its header alone, and rather too much. Of its
 * outputs, which are made one after the other, the largest counts.
 */
export function neededBytes(header: Header, { renditions }: ProcessingContext, fileBytes: number): number {
  const pixels = header.width * header.height;
  const decoded = pixels * header.channels * header.sampleBytes;
  const once = decodedSize(header, renditions);
  const kept = once.width * once.height > MAX_HELD_PIXELS ? 0 : once.width * once.height * 4;
  const outputs = renditions.map((rendition) => {
    const { width, height } = sizeFor(header, rendition);
    const frames = header.moves && rendition.animation === "keep" ? header.frames : 1;
    return width * height * frames * encoding[rendition.format];
  });
  return (
    BASE +
    fileBytes +
    pixels * held[header.format](header) +
    // Rows on their way through the pipeline, up to half the picture; all of it when it must be turned.
    decoded * (header.turned ? 1.5 : 0.5) +
    kept +
    Math.max(...outputs)
  );
}
