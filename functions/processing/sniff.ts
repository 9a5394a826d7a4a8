import type { ImageFeatures } from "../contract/process";
import { ImageRefused } from "../contract/refusal";

export type ImageFormat = ImageFeatures["format"];

type Signature = readonly [name: string, matches: (bytes: Buffer) => boolean];

const at =
  (offset: number, ...alternatives: readonly string[]) =>
  (bytes: Buffer): boolean =>
    alternatives.some((text) => bytes.subarray(offset, offset + text.length).equals(Buffer.from(text, "latin1")));

/** ISO base media files name what they are compatible with in their first box (ISO/IEC 14496-12, 4.3). */
const brand =
  (...brands: readonly string[]) =>
  (bytes: Buffer): boolean => {
    if (!at(4, "ftyp")(bytes)) return false;
    const box = bytes.subarray(8, Math.min(bytes.readUInt32BE(0), 256));
    const found = Array.from({ length: Math.floor(box.length / 4) }, (_, index) =>
      box.toString("latin1", index * 4, index * 4 + 4),
    );
    return found.some((name) => brands.includes(name));
  };

const svg = (bytes: Buffer): boolean => /<svg[\s>]|<!DOCTYPE\s+svg/i.test(bytes.toString("latin1", 0, 4096));

const accepted: readonly (readonly [ImageFormat, (bytes: Buffer) => boolean])[] = [
  ["jpeg", at(0, "\xff\xd8\xff")],
  ["png", at(0, "\x89PNG\r\n\x1a\n")],
  ["gif", at(0, "GIF87a", "GIF89a")],
  ["webp", (bytes) => at(0, "RIFF")(bytes) && at(8, "WEBP")(bytes)],
  ["avif", brand("avif", "avis")],
  ["tiff", (bytes) => at(0, "II*\0", "MM\0*", "II+\0", "MM\0+")(bytes) && !at(8, "CR")(bytes)],
];

/** Recognised only to say more than "not an image". */
const unsupported: readonly Signature[] = [
  ["HEIC", brand("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1")],
  ["JPEG XL", (bytes) => at(0, "\xff\x0a")(bytes) || at(4, "JXL ")(bytes)],
  ["JPEG 2000", (bytes) => at(4, "jP  ")(bytes) || at(0, "\xff\x4f\xff\x51")(bytes)],
  ["Canon raw", (bytes) => at(0, "II*\0")(bytes)],
  ["BMP", (bytes) => at(0, "BM")(bytes) && at(6, "\0\0\0\0")(bytes)],
  ["Photoshop", at(0, "8BPS")],
  ["icon", at(0, "\0\0\x01\0", "\0\0\x02\0")],
  ["OpenEXR", at(0, "v/1\x01")],
  ["PDF", at(0, "%PDF-")],
  ["SVG", svg],
];

/**
 * The format, told by the file's first bytes; the name and the sender's media type are not looked at. Only these
 * formats ever reach a decoder.
 * @throws ImageRefused `empty`, `unsupported-format` or `not-an-image`.
 */
export function sniff(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new ImageRefused("empty", "The file has no bytes.");
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = accepted.find(([, matches]) => matches(buffer))?.[0];
  if (format !== undefined) return format;
  const expected = "Expected jpeg, png, webp, avif, gif or tiff";
  const known = unsupported.find(([, matches]) => matches(buffer))?.[0];
  if (known !== undefined) throw new ImageRefused("unsupported-format", `${expected}, but got ${known}.`);
  throw new ImageRefused("not-an-image", `${expected}, but the first bytes are those of none of them.`);
}
