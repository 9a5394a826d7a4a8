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
