import sharp, { type Sharp } from "sharp";
import { type Photograph, pipeline } from "../../../local/demo/corpus/photographs";
import { seededRandom } from "../../../local/demo/corpus/random";
import { viewOf } from "../../../local/demo/corpus/view";

const grainSide = 512;

/**
 * A photograph as large as a camera makes it: a view of `photograph` enlarged, with the fine detail of `texture`, a
 * photograph too, and the grain of a sensor. Enlarged alone it would be smooth, and far quicker to decode than what
 * phones make. The same seed gives the same pixels.
 */
export async function largePhotograph(
  photograph: Photograph,
  texture: Photograph,
  seed: number,
  width: number,
  height: number,
): Promise<Sharp> {
  const view = await viewOf(photograph, seed, 1600).png({ compressionLevel: 1 }).toBuffer();
  const detail = await pipeline(texture)
    .greyscale()
    // Towards the middle grey that soft light leaves as it is.
    .linear(0.4, 0.6 * 128)
    .png({ compressionLevel: 1 })
    .toBuffer();
  const enlarged = await sharp(view)
    .resize(width, height, { fit: "fill", kernel: "cubic" })
    .composite([
      { input: detail, tile: true, blend: "soft-light" },
      { input: await grain(seed), tile: true, blend: "soft-light" },
    ])
    .removeAlpha()
    .raw()
    .toBuffer();
  return sharp(enlarged, { raw: { width, height, channels: 3 } });
}

/** A tile of noise around middle grey. */
function grain(seed: number): Promise<Buffer> {
  const random = seededRandom(seed);
  const pixels = Buffer.from(
    Array.from({ length: grainSide * grainSide }, () => 128 + Math.round(28 * (random() + random() - 1))),
  );
  return sharp(pixels, { raw: { width: grainSide, height: grainSide, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
