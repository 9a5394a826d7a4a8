import type { Readable } from "node:stream";
import { headBytes, type ImageType, imageTypeOf, imageTypes } from "../common/image-types";
import { Problem } from "../common/problem";

/** An image that was read to its end. */
export interface ReadImage {
  readonly bytes: Buffer;
  readonly type: ImageType;
}

/** The image is larger than the service takes. */
export const tooLarge = (mostBytes: number): Problem =>
  new Problem({
    status: 413,
    code: "too-large",
    title: "The image is too large",
    detail: `Expected an image of at most ${mostBytes} bytes. Send a smaller one.`,
    more: { mostBytes },
  });

const notAnImage = (): Problem =>
  new Problem({
    status: 415,
    code: "unsupported-type",
    title: "The file is not an image of an accepted kind",
    detail: `Expected ${imageTypes.map(({ format }) => format).join(", ")}, but the first bytes are those of none of them.`,
    more: { accepted: imageTypes.map(({ mediaType }) => mediaType) },
  });

const empty = (): Problem =>
  new Problem({ status: 400, code: "empty", title: "The file is empty", detail: "The file has no bytes." });

const interrupted = (cause: unknown): Problem =>
  new Problem(
    { status: 400, code: "interrupted", title: "The upload broke off", detail: "The file did not arrive whole." },
    { cause },
  );

/**
 * Reads an image as it arrives: a file of another kind is refused by its first bytes and one that is too large at the limit,
 * before the rest is read. The stream is left where it is.
 * @throws Problem 400, 413, 415
 */
export async function readImage(stream: Readable, mostBytes: number): Promise<ReadImage> {
  const chunks: Buffer[] = [];
  let length = 0;
  let type: ImageType | undefined;
  try {
    // Not destroyed when it is refused: the connection would break before the caller has read why.
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > mostBytes) throw tooLarge(mostBytes);
      if (type === undefined && length >= headBytes) type = typeOf(chunks);
    }
  } catch (error) {
    throw error instanceof Problem ? error : interrupted(error);
  }
  if (length === 0) throw empty();
  return { bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), type: type ?? typeOf(chunks) };
}

function typeOf(chunks: readonly Buffer[]): ImageType {
  const [first] = chunks;
  const head = first && first.length >= headBytes ? first : Buffer.concat(chunks);
  const type = imageTypeOf(head.subarray(0, headBytes));
  if (type === undefined) throw notAnImage();
  return type;
}
