import { join } from "node:path";
import sharp from "sharp";

/** Stand-ins for photographs: soft noise, each different. */
export async function standInPhotographs(folder: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const noise = { type: "gaussian", mean: 90 + 20 * index, sigma: 60 } as const;
    await sharp({ create: { width: 900, height: 700, channels: 3, background: "#888", noise } })
      .blur(2)
      .jpeg({ quality: 90 })
      .toFile(join(folder, `stand-in-${index}.jpg`));
  }
}
