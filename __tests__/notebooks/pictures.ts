import { basename, extname, join } from "node:path";
import sharp from "sharp";
import { repositoryFolder } from "../../environments/repository";
import { photographFiles } from "../../local/demo/corpus/photographs";

/** An image as its sender has it. */
export interface Picture {
  readonly name: string;
  readonly bytes: Buffer;
  readonly source: "stream" | "upload";
  readonly receivedAt: Date;
}

const formats = ["jpeg", "png", "webp"] as const;
const lights = [1, 0.45, 1.25, 0.7];
const days = 6;

/**
 * The photographs of the local run, three times over: in other light, formats and sizes, over six days that end on 31 January 2026, by both
 * ways. The same on every run.
 */
export async function pictures(): Promise<Picture[]> {
  const files = photographFiles(join(repositoryFolder(), ".cache/photographs"));
  const made: Picture[] = [];
  for (const [index, file] of [...files, ...files, ...files].entries()) {
    const round = Math.floor(index / files.length);
    const format = formats[index % formats.length] ?? "jpeg";
    const picture = sharp(file)
      .autoOrient()
      .toColourspace("srgb")
      .resize(320 + 16 * (index % 7), 320, { fit: "inside" })
      .modulate({ brightness: lights[(index + round) % lights.length] ?? 1 });
    const bytes = await picture.toFormat(format).toBuffer();
    made.push({
      name: `desk/${basename(file, extname(file))}-${index}.${format}`,
      bytes,
      source: index % 5 < 2 ? "upload" : "stream",
      receivedAt: new Date(Date.UTC(2026, 0, 31 - (index % days), 9, index)),
    });
  }
  return made;
}
