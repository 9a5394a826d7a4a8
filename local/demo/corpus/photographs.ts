import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import sharp from "sharp";
import { UserError } from "../../../gitops/user-error";
import { bounded } from "../bounded";

const extensions = new Set([".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"]);
const largestSide = 1600;

/** A decoded photograph: 8-bit RGB. */
export interface Photograph {
  readonly name: string;
  readonly pixels: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The files in `folder` (and its folders) that hold photographs, sorted. */
export function photographFiles(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    names = [];
  }
  const files = names.filter((name) => extensions.has(extname(name).toLowerCase())).sort();
  if (files.length === 0) {
    throw new UserError(
      `No photographs in ${folder}: expected JPEG, PNG or TIFF files. Run: node local/setup.mjs start`,
    );
  }
  return files.map((name) => join(folder, name));
}

/** Decodes every photograph once, at most 1600 pixels a side, as the material of many different pictures. */
export function decodePhotographs(files: readonly string[]): Promise<Photograph[]> {
  return bounded(files, 2, async (file) => {
    const { data, info } = await sharp(await readFile(file))
      .autoOrient()
      .toColourspace("srgb")
      .flatten({ background: "#fff" })
      .resize(largestSide, largestSide, { fit: "inside", withoutEnlargement: true })
      .removeAlpha()
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { name: basename(file, extname(file)), pixels: data, width: info.width, height: info.height };
  });
}

/** A sharp pipeline over the photograph's pixels. */
export const pipeline = (photograph: Photograph): sharp.Sharp =>
  sharp(photograph.pixels, { raw: { width: photograph.width, height: photograph.height, channels: 3 } });
