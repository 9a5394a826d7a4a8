import { existsSync } from "node:fs";
import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { decodePhotographs, type Photograph, photographFiles } from "../../../local/demo/corpus/photographs";
import { viewOf } from "../../../local/demo/corpus/view";
import { largePhotograph } from "./large-photograph";

/** As large as the settings allow: 50 megapixels. */
const width = 8660;
const height = 5773;

export interface WorstImage {
  readonly kind: string;
  readonly megapixels: number;
  readonly path: string;
}

interface Kind {
  readonly kind: string;
  readonly file: string;
  encode(picture: Sharp): Sharp;
  /** Of blocks of one colour, or the file would be larger than the settings allow. */
  readonly coarse?: boolean;
}

const png = { compressionLevel: 6, adaptiveFiltering: true };

const kinds: readonly Kind[] = [
  { kind: "JPEG", file: "baseline.jpg", encode: (picture) => picture.jpeg({ quality: 88 }) },
  {
    kind: "JPEG, progressive",
    file: "progressive.jpg",
    encode: (picture) => picture.jpeg({ quality: 88, progressive: true }),
  },
  { kind: "PNG", file: "plain.png", encode: (picture) => picture.png(png), coarse: true },
  {
    kind: "PNG, interlaced",
    file: "interlaced.png",
    encode: (picture) => picture.png({ ...png, progressive: true }),
    coarse: true,
  },
  { kind: "WebP", file: "lossy.webp", encode: (picture) => picture.webp({ quality: 75, effort: 0 }) },
  { kind: "AVIF", file: "lossy.avif", encode: (picture) => picture.avif({ quality: 50, effort: 0 }) },
];

/** The most that an image may ask for, in each format; made once. @throws UserError when there are no photographs */
export async function makeWorstImages(
  root: string,
  progress: (message: string) => void,
): Promise<readonly WorstImage[]> {
  const folder = join(root, ".cache", "bench", "worst");
  await mkdir(folder, { recursive: true });
  const missing = kinds.filter(({ file }) => !existsSync(join(folder, file)));
  if (missing.length > 0) {
    progress("Making pictures of 50 megapixels");
    const photographs = await decodePhotographs(photographFiles(join(root, ".cache", "photographs")));
    const named = (wanted: string) => photographs.find(({ name }) => name === wanted) ?? (photographs[0] as Photograph);
    const grained = await largePhotograph(named("china"), named("gravel"), 1, width, height);
    const view = await viewOf(named("china"), 1, 1600).png().toBuffer();
    const coarse = sharp(view).resize(width, height, { fit: "fill", kernel: "nearest" });
    for (const { file, encode, coarse: isCoarse } of missing) {
      const path = join(folder, file);
      await writeFile(`${path}.new`, await encode((isCoarse ? coarse : grained).clone()).toBuffer());
      await rename(`${path}.new`, path);
    }
  }
  for (const { file } of kinds) {
    const { size } = await stat(join(folder, file));
    progress(`${file}: ${(size / 1e6).toFixed(1)} MB`);
  }
  return kinds.map(({ kind, file }) => ({
    kind,
    megapixels: Math.round((width * height) / 1e5) / 10,
    path: join(folder, file),
  }));
}
