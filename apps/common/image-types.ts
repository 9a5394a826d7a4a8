/** A kind of file, told by its first bytes. */
export interface ImageType {
  /** As the functions call it. */
  readonly format: string;
  readonly mediaType: string;
  matches(head: Buffer): boolean;
}

const at = (head: Buffer, offset: number, ...texts: readonly string[]): boolean =>
  texts.some((text) => head.toString("latin1", offset, offset + text.length) === text);

/** ISO base media files name what they are compatible with in their first box (ISO/IEC 14496-12, 4.3). */
const brand = (head: Buffer, ...brands: readonly string[]): boolean => {
  if (head.length < 12 || !at(head, 4, "ftyp")) return false;
  const box = head.toString("latin1", 8, Math.min(head.readUInt32BE(0), headBytes));
  return (box.match(/.{4}/gs) ?? []).some((found) => brands.includes(found));
};

/** How much of a file tells its kind. */
export const headBytes = 256;

/**
 * What the default processing reads (docs/engineers.md). Everything else would end in quarantine; people are better told at
 * once. Code of engineers that reads fewer kinds still refuses those.
 */
export const imageTypes: readonly ImageType[] = [
  { format: "jpeg", mediaType: "image/jpeg", matches: (head) => at(head, 0, "\xff\xd8\xff") },
  { format: "png", mediaType: "image/png", matches: (head) => at(head, 0, "\x89PNG\r\n\x1a\n") },
  { format: "gif", mediaType: "image/gif", matches: (head) => at(head, 0, "GIF87a", "GIF89a") },
  { format: "webp", mediaType: "image/webp", matches: (head) => at(head, 0, "RIFF") && at(head, 8, "WEBP") },
  { format: "avif", mediaType: "image/avif", matches: (head) => brand(head, "avif", "avis") },
  {
    format: "tiff",
    mediaType: "image/tiff",
    matches: (head) => at(head, 0, "II*\0", "MM\0*", "II+\0", "MM\0+") && !at(head, 8, "CR"),
  },
];

/** @returns undefined when it is none of them. */
export const imageTypeOf = (head: Buffer): ImageType | undefined => imageTypes.find(({ matches }) => matches(head));
