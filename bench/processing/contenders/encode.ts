import type { Sharp } from "sharp";
import type { Rendition } from "../../../functions/contract/process";

/** Resized and encoded as the rendition says, in the words that sharp's documentation uses. */
export function encode(pipeline: Sharp, rendition: Rendition): Sharp {
  const { format, fit, maxWidthPixels: width, maxHeightPixels: height, quality } = rendition;
  const resized = pipeline.resize({ width, height, fit, withoutEnlargement: true });
  // JPEG has no alpha; without a background sharp would put black behind.
  if (format === "jpeg") return resized.flatten({ background: "#ffffff" }).jpeg({ quality });
  if (format === "webp") return resized.webp({ quality });
  // The effort Darkroom uses; sharp's default takes many times as long.
  if (format === "avif") return resized.avif({ quality, effort: 2 });
  return resized.png();
}
