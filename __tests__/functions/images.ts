import sharp, { type Sharp } from "sharp";

/** What every test of processing shares: the renditions of the local environment. */
export const context = {
  limits: { maxPixels: 50_000_000, maxBytes: 26_214_400, maxFrames: 1000 },
  renditions: [
    { name: "web", format: "jpeg", maxWidthPixels: 1600, maxHeightPixels: 1600, fit: "inside", quality: 80 },
    {
      name: "thumbnail",
      format: "webp",
      maxWidthPixels: 256,
      maxHeightPixels: 256,
      fit: "cover",
      animation: "keep",
      quality: 75,
    },
  ],
  secondsAllowed: 30,
} as const;

/** 400 × 300: the left half red, the right half blue, so that turning and cutting can be seen. */
export function twoHalves(width = 400, height = 300): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < width * height; index++) pixels[index * 3 + (index % width < width / 2 ? 0 : 2)] = 255;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Something with detail, so that sharpness and entropy are not zero. */
export const noise = (width = 400, height = 300): Sharp =>
  sharp({
    create: { width, height, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 40 } },
  });

/** A photograph as a phone writes it: lying on its side, with the place it was taken at. */
export const phonePhoto = (): Promise<Buffer> =>
  twoHalves()
    .jpeg({ quality: 95 })
    .withExif({
      IFD0: { Make: "Phone" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 0/1", GPSLongitude: "13/1 24/1 0/1" },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();

/** `frames` pictures, each of another grey. */
export function animation(frames: number, width = 40, height = 30): Sharp {
  const pictures = Array.from({ length: frames }, (_, index) => {
    const level = (index * 37) % 256;
    return { create: { width, height, channels: 3, background: { r: level, g: level, b: level } } } as const;
  });
  return sharp(pictures as never, { join: { animated: true } });
}

/** Colour of one pixel of an encoded picture. */
export async function pixel(bytes: Uint8Array, left: number, top: number): Promise<readonly number[]> {
  return [...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer())];
}

/** A PNG that claims to be as large as said, in a few bytes. */
export async function pixelBomb(width: number, height: number): Promise<Buffer> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A chunk of a PNG, with its checksum. */
export function pngChunk(name: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write(name, 4, "latin1");
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** A small PNG with a further chunk behind its header. */
export async function pngWith(chunk: Uint8Array): Promise<Buffer> {
  const png = await twoHalves(40, 30).png().toBuffer();
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** An animated WebP of so many frames of one pixel, in 48 bytes each. */
export async function webpFrames(frames: number): Promise<Buffer> {
  const still = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#f00" } })
    .webp({ lossless: true })
    .toBuffer();
  const picture = still.subarray(12);
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, "latin1");
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data]);
  };
  const place = Buffer.alloc(16);
  place[12] = 10;
  const frame = chunk("ANMF", Buffer.concat([place, picture]));
  const body = [
    Buffer.from("WEBP"),
    chunk("VP8X", Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    chunk("ANIM", Buffer.alloc(6)),
    ...Array<Buffer>(frames).fill(frame),
  ];
  return chunk("RIFF", Buffer.concat(body));
}

/** A TIFF of so many pages of one pixel, little or big endian, `+`: BigTIFF. ring: the last page leads to the first. */
export function tiffPages(pages: number, kind: "II" | "MM" | "II+" | "MM+", end: "end" | "ring" = "end"): Buffer {
  const little = kind.startsWith("II");
  const big = kind.endsWith("+");
  const write = (buffer: Buffer, at: number, size: 2 | 4 | 8, value: number): void => {
    const low = little ? at : at + Math.max(0, size - 4);
    const bytes = Math.min(size, 4);
    if (little) buffer.writeUIntLE(value, low, bytes);
    else buffer.writeUIntBE(value, low, bytes);
  };
  const word = big ? 8 : 4;
  const [start, entrySize] = big ? [16, 20] : [8, 12];
  const tags = [256, 257, 258, 259, 262, 273, 277, 278, 279] as const;
  const directory = (big ? 8 : 2) + tags.length * entrySize + word;
  const pixel = start + directory * pages;
  const values: Partial<Record<number, number>> = { 258: 8, 273: pixel };
  const file = Buffer.alloc(pixel + 1);
  file.write(kind.slice(0, 2), "latin1");
  write(file, 2, 2, big ? 43 : 42);
  if (big) write(file, 4, 2, 8);
  write(file, big ? 8 : 4, word, start);
  for (let page = 0; page < pages; page++) {
    let at = start + page * directory;
    write(file, at, big ? 8 : 2, tags.length);
    at += big ? 8 : 2;
    for (const tag of tags) {
      write(file, at, 2, tag);
      write(file, at + 2, 2, 4);
      write(file, at + 4, word, 1);
      write(file, at + 4 + word, 4, values[tag] ?? 1);
      at += entrySize;
    }
    const next = page + 1 < pages ? start + (page + 1) * directory : end === "ring" ? start : 0;
    write(file, at, word, next);
  }
  return file;
}
