import type { ImageFeatures } from "../contract/process";
import { decoderError } from "./decoder-error";
import { sharp } from "./engine";
import { FEATURE_BOX } from "./feature-box";
import { perceptualHash } from "./perceptual-hash";
import type { Picture } from "./picture";
import { BACKGROUND } from "./renditions";
import { sizeFor } from "./size";
import type { ImageFormat } from "./sniff";
import type { TimeLimit } from "./time-limit";

const hex = (value: number): string => value.toString(16).padStart(2, "0");

/** Enough for any comparison, and short in the record. */
const rounded = (value: number): number => Number(value.toFixed(4));

/**
 * Measures a picture; contract.ts says what each number means.
 * @throws ImageRefused when the file turns out to be damaged, or the time is over.
 */
export async function measure(
  picture: Picture,
  format: ImageFormat,
  bytes: number,
  time: TimeLimit,
): Promise<ImageFeatures> {
  try {
    const small = picture
      .still()
      .flatten({ background: BACKGROUND })
      .resize({ ...sizeFor(picture, FEATURE_BOX), fit: "fill" })
      .raw();
    const { data, info } = await time.guard(small).toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const open = () => sharp(data, { raw: { width, height, channels } });
    const [stats, hash] = await Promise.all([open().stats(), perceptualHash(open())]);
    const [red = 0, green = red, blue = red] = stats.channels.map(({ mean }) => mean);
    return {
      width: picture.width,
      height: picture.height,
      format,
      bytes,
      frames: picture.frames,
      hasAlpha: picture.hasAlpha,
      colourSpace: picture.colourSpace,
      dominantColour: `#${hex(stats.dominant.r)}${hex(stats.dominant.g)}${hex(stats.dominant.b)}`,
      perceptualHash: hash,
      sharpness: rounded(stats.sharpness),
      entropy: rounded(stats.entropy),
      meanBrightness: rounded(0.2126 * red + 0.7152 * green + 0.0722 * blue),
    };
  } catch (error) {
    throw decoderError(error, time);
  }
}
