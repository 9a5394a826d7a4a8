import { ImageRefused } from "../contract/refusal";
import type { TimeLimit } from "./time-limit";

/** Faults of the machine, not of the image: they must be tried again. */
const transient = /out of memory|unable to allocate|cannot allocate|no space left/i;

/** libvips speaks in sentences; these are the ones that mean more than "broken". */
const unsupported = /unsupported (feature|codec|bit depth)|not built with|no decoding plugin|compression is not/i;

/**
 * What an error of the decoder means for the image: a refusal for good, or the error itself when trying again helps.
 * @returns what to throw
 */
export function decoderError(error: unknown, time: TimeLimit): unknown {
  if (error instanceof ImageRefused || !(error instanceof Error) || error instanceof TypeError) return error;
  if (transient.test(error.message)) return error;
  const [line = "no message"] = error.message.split("\n");
  if (/timeout/i.test(error.message)) return time.refusal({ cause: error });
  if (/pixel limit/i.test(error.message)) return new ImageRefused("too-many-pixels", line, { cause: error });
  if (unsupported.test(error.message)) {
    return new ImageRefused("unsupported-format", `The decoder does not know this kind: ${line}`, { cause: error });
  }
  return new ImageRefused("corrupt", `The file is damaged: ${line}`, { cause: error });
}
