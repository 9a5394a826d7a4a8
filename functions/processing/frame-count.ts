import type { ImageFormat } from "./sniff";

/**
 * Counts frames or pages by walking over the file's own lists, without decoding: libvips needs the square of the number
 * of frames for its own count in webp, minutes for a file of 14 MB. Damage ends the walk; the decoder will find it, too.
 * @returns at most `most` + 1; 1 for formats with one picture
 */
export function countFrames(bytes: Buffer, format: ImageFormat, most: number): number {
  const walk = walks[format];
  if (walk === undefined) return 1;
  let frames = 0;
  for (const _ of walk(bytes)) if (++frames > most) break;
  return frames;
}

/** Chunks of a webp, of any kind; libwebp keeps 90 bytes for each. At most `most` + 1. */
export function countChunks(bytes: Buffer, most: number): number {
  let chunks = 0;
  for (const _ of webpChunks(bytes)) if (++chunks > most) break;
  return chunks;
}

const walks: Partial<Record<ImageFormat, (bytes: Buffer) => Generator<number>>> = {
  gif: gifFrames,
  webp: webpFrames,
  tiff: tiffPages,
};

/** "GIF89a specification", CompuServe 1990: blocks of blocks, each with its length first. */
function* gifFrames(bytes: Buffer): Generator<number> {
  const byte = (at: number): number => bytes[at] ?? 0;
  const table = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + table(byte(10));
  while (at < bytes.length) {
    const kind = byte(at);
    if (kind === 0x2c) {
      yield at;
      at += 11 + table(byte(at + 9));
    } else if (kind === 0x21) at += 2;
    else return;
    while (byte(at) > 0) at += 1 + byte(at);
    at += 1;
  }
}

function* webpFrames(bytes: Buffer): Generator<number> {
  for (const at of webpChunks(bytes)) if (bytes.toString("latin1", at, at + 4) === "ANMF") yield at;
}

/** RFC 9649, 2.3 and 2.7: chunks, of which each ANMF is a frame. */
function* webpChunks(bytes: Buffer): Generator<number> {
  let at = 12;
  while (at + 8 <= bytes.length) {
    yield at;
    const size = bytes.readUInt32LE(at + 4);
    at += 8 + size + (size % 2);
  }
}

/** "TIFF Revision 6.0", Adobe 1992, section 2, and BigTIFF: each directory names the next. A ring has no end. */
function* tiffPages(bytes: Buffer): Generator<number> {
  const little = bytes[0] === 0x49;
  const whole = (at: number, size: 2 | 4): number => (little ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size));
  const long = (at: number): number => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  const big = bytes.length >= 16 && whole(2, 2) === 43;
  const [countSize, entrySize, nextSize] = big ? ([8, 20, 8] as const) : ([2, 12, 4] as const);
  let at = big ? long(8) : bytes.length >= 8 ? whole(4, 4) : 0;
  while (at > 0 && at + countSize <= bytes.length) {
    yield at;
    const entries = countSize === 8 ? long(at) : whole(at, countSize);
    const next = at + countSize + entries * entrySize;
    if (next + nextSize > bytes.length) return;
    at = nextSize === 8 ? long(next) : whole(next, nextSize);
  }
}
