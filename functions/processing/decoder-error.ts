import { ImageRefused } from "../contract/refusal";
import type { ImageFormat } from "./sniff";
import type { TimeLimit } from "./time-limit";

/** Faults of the machine, not of the image: they must be tried again. */
const transient = /out of memory|unable to allocate|cannot allocate|no space left/i;

/** libvips speaks in sentences; these are the ones that mean more than "broken". */
const unsupported =
  /unsupported (?!image format|marker)|not (supported|configured|implemented|built with)|no decoding plugin|omitted at compile/i;

/** sharp's own sentence, which is never another image's. */
const tooManyChannels = "Input image exceeds channel limit";

/** How the libraries behind each format begin their lines. */
const speakers: Readonly<Record<ImageFormat, string>> = {
  jpeg: "VipsJpeg:",
  png: "vipspng:",
  webp: "webp",
  avif: "heif:",
  gif: "gifload",
  tiff: "tiff",
};

/**
 * What an error of the decoder means for the image: a refusal for good, or the error itself when trying again helps.
 * The decoder's own words stay in `cause`: libvips has one buffer of messages for all threads, so that they differ from
 * run to run, and may even be those of another image.
 * @returns what to throw
 */
export function decoderError(error: unknown, format: ImageFormat, time: TimeLimit): unknown {
  if (error instanceof ImageRefused || !(error instanceof Error) || error instanceof TypeError) return error;
  if (transient.test(error.message)) return error;
  const cause = { cause: error };
  if (time.over) return time.fault(cause);
  const own = error.message
    .replace(/^Input buffer has corrupt header: /, "")
    .split("\n")
    .filter((line) => line.startsWith(speakers[format]));
  if (error.message === tooManyChannels || own.some((line) => unsupported.test(line))) {
    return new ImageRefused("unsupported-format", `The decoder does not know this kind of ${format}.`, cause);
  }
  return new ImageRefused(
    "corrupt",
    `The file is damaged: it begins as ${format}, but cannot be decoded whole.`,
    cause,
  );
}
