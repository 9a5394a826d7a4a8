import { join } from "node:path";
import sharp from "sharp";
import type { FeatureRecord } from "../../../functions/common/feature-record";
import { renditions } from "./run-function";

/** What an original's metadata would be found as. */
const metadata = ["exif", "icc", "iptc", "xmp", "orientation", "comments", "tifftagPhotoshop"] as const;

/**
 * Opens every picture that was made of an image and decodes all of it.
 * @returns what is wrong with them, in words; nothing when they are as promised
 */
export async function outputFaults(folder: string, { name, outputs }: FeatureRecord): Promise<string[]> {
  const faults: string[] = [];
  const made = outputs.map((output) => output.name).join(", ");
  const wanted = renditions.map((rendition) => rendition.name).join(", ");
  if (made !== wanted) faults.push(`${name}: expected ${wanted}, but got ${made}`);
  for (const { key, width, height, frames, ...output } of outputs) {
    const rendition = renditions.find((one) => one.name === output.name);
    const picture = sharp(join(folder, "processed", key), { failOn: "warning", animated: true });
    const header = await picture.metadata();
    const { info } = await picture.raw().toBuffer({ resolveWithObject: true });
    const found = {
      format: header.format,
      space: header.space,
      metadata: metadata.filter((kind) => header[kind] !== undefined),
      size: [header.width, header.pageHeight ?? header.height, header.pages ?? 1],
      decoded: [info.width, info.height],
    };
    const expected = {
      format: rendition?.format,
      space: "srgb",
      metadata: [],
      size: [width, height, frames],
      decoded: [width, height * frames],
    };
    if (JSON.stringify(found) !== JSON.stringify(expected))
      faults.push(`${name}, ${output.name}: expected ${JSON.stringify(expected)}, but got ${JSON.stringify(found)}`);
    if (rendition !== undefined && (width > rendition.maxWidthPixels || height > rendition.maxHeightPixels))
      faults.push(`${name}, ${output.name}: ${width} × ${height} is beyond the rendition's box`);
  }
  return faults;
}
