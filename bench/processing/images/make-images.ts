import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sharp } from "sharp";
import { decodePhotographs, type Photograph, photographFiles } from "../../../local/demo/corpus/photographs";
import { viewOf } from "../../../local/demo/corpus/view";
import { largePhotograph } from "./large-photograph";
import { countsOf, type ImageClass, mix } from "./mix";

export interface BenchImage {
  readonly class: ImageClass;
  /** Absolute. */
  readonly path: string;
}

/** Raised when the pictures made here change, so that nobody measures with old ones. */
const recipe = 2;

const extensions: Readonly<Record<ImageClass, string>> = {
  phone: "jpg",
  photo: "jpg",
  png: "png",
  webp: "webp",
  avif: "avif",
};

/** What phones take pictures of; the other photographs are of microscopes, walls and print. */
const scenes = ["astronaut", "chelsea", "china", "coffee", "flower", "rocket"];

/** Greyscale photographs of fine structure, all over the picture. */
const textures = ["grass", "gravel", "brick"];

/**
 * The images of a bench, in an order that mixes the classes; made once, from the photographs of the local run.
 * @throws UserError when set-up has not fetched the photographs
 */
export async function makeImages(
  root: string,
  images: number,
  progress: (message: string) => void,
): Promise<readonly BenchImage[]> {
  const files = photographFiles(join(root, ".cache", "photographs"));
  const hash = createHash("sha256")
    .update(JSON.stringify([recipe, images, mix, files.length]))
    .digest("hex");
  const folder = join(root, ".cache", "bench", "images", hash.slice(0, 12));
  if (!existsSync(folder)) {
    progress(`Making ${images} images`);
    const fresh = `${folder}.${process.pid}`;
    await mkdir(fresh, { recursive: true });
    await makeInto(fresh, await decodePhotographs(files), images);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  }
  const names = (await readdir(folder)).sort();
  return names.map((name) => ({ class: name.split("-")[1] as ImageClass, path: join(folder, name) }));
}

/** `<place in the order>-<class>-<number>.<extension>`. */
async function makeInto(folder: string, photographs: readonly Photograph[], images: number): Promise<void> {
  const counts = countsOf(images);
  // Every class is spread evenly over the whole.
  const order = mix
    .flatMap(({ name }) =>
      Array.from({ length: counts[name] }, (_, index) => ({ name, index, place: (index + 0.5) / counts[name] })),
    )
    .sort((one, other) => one.place - other.place);
  const named = (wanted: string | undefined) => photographs.find(({ name }) => name === wanted);
  for (const [place, { name, index }] of order.entries()) {
    const any = photographs[(place * 5 + index) % photographs.length] as Photograph;
    const photograph = (name === "phone" && named(scenes[index % scenes.length])) || any;
    const texture = named(textures[index % textures.length]) ?? any;
    const picture = await encode(name, photograph, texture, 1000 + place, index);
    const file = `${String(place).padStart(4, "0")}-${name}-${index}.${extensions[name]}`;
    await writeFile(join(folder, file), await picture.toBuffer());
  }
}

async function encode(
  name: ImageClass,
  photograph: Photograph,
  texture: Photograph,
  seed: number,
  index: number,
): Promise<Sharp> {
  switch (name) {
    case "phone": {
      // Phones write the sensor's rows as they are and say how they were held; many write Display P3.
      const picture = (await largePhotograph(photograph, texture, seed, 4032, 3024)).jpeg({ quality: 88 });
      const turned = picture.withMetadata({ orientation: index % 2 === 0 ? 6 : 1 }).withExifMerge(exif);
      return index % 3 === 0 ? turned.withIccProfile("p3") : turned;
    }
    case "photo":
      return viewOf(photograph, seed, 700).jpeg({ quality: 85 });
    case "png":
      return viewOf(photograph, seed, 640).png({ compressionLevel: 6 });
    case "webp":
      return viewOf(photograph, seed, 1400).webp({ quality: 80, effort: 2 });
    case "avif":
      return viewOf(photograph, seed, 1400).avif({ quality: 55, effort: 2 });
  }
}

const exif = { IFD0: { Make: "Darkroom", Model: "Bench" } };
