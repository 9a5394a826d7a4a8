import { headBytes, imageTypeOf, imageTypes } from "../common/image-types";
import type { UploadSettings } from "./settings";

/** A file that somebody wants to upload. */
export interface OfferedFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Its first bytes, in base64. */
  readonly head: string;
}

/** The media type of a file that is taken, or why it is not. */
export type Admission = { readonly type: string } | { readonly code: string; readonly why: string };

/** Rounded up, so that a file just above the limit is not told to be at it. */
const mebibytes = (bytes: number): string => `${Math.ceil((bytes / 1_048_576) * 10) / 10} MiB`;

/** Kinds of images that are taken, for people. */
export const acceptedKinds = imageTypes
  .map(({ mediaType }) => mediaType.replace("image/", "").toUpperCase())
  .join(", ");

/**
 * Whether a file is taken. Its kind is told by its first bytes, which the browser may lie about: then the batch refuses the
 * image, as it refuses every other that it cannot read.
 */
export function admit({ sizeBytes, head }: OfferedFile, { MAX_IMAGE_BYTES }: UploadSettings): Admission {
  if (sizeBytes === 0) return { code: "empty", why: "This file is empty." };
  if (sizeBytes > MAX_IMAGE_BYTES) {
    const why = `This file has ${mebibytes(sizeBytes)}; at most ${mebibytes(MAX_IMAGE_BYTES)} are accepted.`;
    return { code: "too-large", why };
  }
  const type = imageTypeOf(Buffer.from(head, "base64").subarray(0, headBytes));
  if (type !== undefined) return { type: type.mediaType };
  return { code: "unsupported-type", why: `This is no image of an accepted kind (${acceptedKinds}).` };
}
