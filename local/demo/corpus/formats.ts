import sharp, { type Sharp } from "sharp";
import type { Photograph } from "./photographs";
import { viewOf } from "./view";

/** A way to write a picture: what cameras, phones, editors and web sites send. */
export interface Format {
  readonly kind: string;
  readonly extension: string;
  encode(photograph: Photograph, seed: number): Promise<Buffer>;
}

const maxSidePixels = 900;
const format = (kind: string, extension: string, write: (picture: Sharp) => Sharp, side = maxSidePixels): Format => ({
  kind,
  extension,
  encode: (photograph, seed) => write(viewOf(photograph, seed, side)).toBuffer(),
});

/** Where the photograph claims to have been taken: it must not reach a rendition. */
const gps = {
  IFD0: { Make: "Darkroom", Model: "Pinhole 1" },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 12/1", GPSLongitudeRef: "E", GPSLongitude: "13/1 24/1 18/1" },
};

const cameraJpeg = (orientation: number): Format =>
  format(`JPEG, EXIF orientation ${orientation}, GPS`, "jpg", (picture) =>
    picture.jpeg({ quality: 85 }).withMetadata({ orientation }).withExifMerge(gps),
  );

/** Frames of the same photograph, each a little lighter. */
async function frames(photograph: Photograph, seed: number): Promise<Sharp> {
  const first = await viewOf(photograph, seed, 240).png({ compressionLevel: 1 }).toBuffer();
  const rest = [1.15, 1.3].map((brightness) =>
    sharp(first).modulate({ brightness }).png({ compressionLevel: 1 }).toBuffer(),
  );
  return sharp([first, ...(await Promise.all(rest))], { join: { animated: true } });
}

/** Every format of the corpus; the list is gone through again and again. */
export const formats: readonly Format[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(cameraJpeg),
  format("PNG with alpha", "png", (picture) => picture.ensureAlpha(0.6).png({ compressionLevel: 6 }), 480),
  format("PNG, 16 bits", "png", (picture) => picture.toColourspace("rgb16").png({ compressionLevel: 3 }), 400),
  format("WebP", "webp", (picture) => picture.webp({ quality: 80, effort: 2 })),
  format("AVIF", "avif", (picture) => picture.avif({ quality: 55, effort: 0 }), 480),
  {
    kind: "GIF, animated",
    extension: "gif",
    encode: async (photograph, seed) =>
      (await frames(photograph, seed)).gif({ delay: [120, 120, 120], effort: 1, colours: 64 }).toBuffer(),
  },
  format("JPEG, CMYK", "jpg", (picture) => picture.toColourspace("cmyk").jpeg({ quality: 70 }), 480),
  format("JPEG, Display P3", "jpg", (picture) => picture.withIccProfile("p3").jpeg({ quality: 85 })),
  format("JPEG, progressive, grey", "jpeg", (picture) => picture.greyscale().jpeg({ quality: 80, progressive: true })),
  format(
    "WebP, lossless with alpha",
    "webp",
    (picture) => picture.ensureAlpha(0.7).webp({ lossless: true, effort: 0 }),
    360,
  ),
  {
    kind: "WebP, animated",
    extension: "webp",
    encode: async (photograph, seed) =>
      (await frames(photograph, seed)).webp({ delay: [120, 120, 120], effort: 0, quality: 70 }).toBuffer(),
  },
  format("TIFF", "tiff", (picture) => picture.tiff({ compression: "lzw", predictor: "horizontal" }), 360),
  format("PNG, palette", "png", (picture) => picture.png({ palette: true, colours: 64, effort: 1 }), 480),
];
