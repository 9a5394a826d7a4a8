/** Bytes of one value of each TIFF type that is read here. */
const sizes: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8 };

/** Real directories have a few dozen entries. */
const MOST_ENTRIES = 512;

/** Text and lists longer than this are none of the values that are read. */
const MOST_VALUES = 64;

/** A text or the first number of a tag. */
export type TagValue = string | number;

const EXIF_DIRECTORY = 0x8769;

/**
 * The wanted tags of an EXIF block's Exif directory (CIPA DC-008, 4.6). Strangers write these blocks: what is out of
 * bounds, of another type or too long is left out, each directory is read once, and nothing else is followed.
 */
export function exifTags(block: Uint8Array, wanted: readonly number[]): ReadonlyMap<number, TagValue> {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  const tiff = bytes.toString("latin1", 0, 6) === "Exif\0\0" ? bytes.subarray(6) : bytes;
  const order = tiff.toString("latin1", 0, 4);
  if (tiff.length < 8 || (order !== "II*\0" && order !== "MM\0*")) return new Map();
  const reader = readerOf(tiff, order.startsWith("I"));
  const start = directory(reader, reader.long(4), [EXIF_DIRECTORY]).get(EXIF_DIRECTORY);
  return typeof start === "number" ? directory(reader, start, wanted) : new Map();
}

interface Reader {
  readonly tiff: Buffer;
  short(at: number): number;
  long(at: number): number;
}

const readerOf = (tiff: Buffer, little: boolean): Reader => ({
  tiff,
  short: (at) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)),
  long: (at) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)),
});

function directory(reader: Reader, start: number, wanted: readonly number[]): Map<number, TagValue> {
  const found = new Map<number, TagValue>();
  if (start + 2 > reader.tiff.length) return found;
  const entries = Math.min(reader.short(start), MOST_ENTRIES);
  for (let index = 0; index < entries; index++) {
    const at = start + 2 + index * 12;
    if (at + 12 > reader.tiff.length) break;
    const tag = reader.short(at);
    const value = wanted.includes(tag) && !found.has(tag) ? valueAt(reader, at) : undefined;
    if (value !== undefined) found.set(tag, value);
  }
  return found;
}

function valueAt(reader: Reader, at: number): TagValue | undefined {
  const type = reader.short(at + 2);
  const count = reader.long(at + 4);
  const size = sizes[type];
  if (size === undefined || count < 1 || count > MOST_VALUES) return undefined;
  const place = size * count <= 4 ? at + 8 : reader.long(at + 8);
  if (place + size * count > reader.tiff.length) return undefined;
  if (type === 2) return reader.tiff.toString("latin1", place, place + count).replace(/\0.*$/s, "");
  if (type === 3) return reader.short(place);
  if (type === 4) return reader.long(place);
  return reader.long(place) / reader.long(place + 4);
}
