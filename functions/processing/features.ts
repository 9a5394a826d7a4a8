import type { ImageFeatures } from "../contract/process";
import { dominantColours } from "./dominant-colours";
import { FEATURE_BOX } from "./feature-box";
import { lightOf } from "./light";
import { perceptualHash } from "./perceptual-hash";
import type { Picture } from "./picture";
import { lumaOf, type Pixels } from "./pixels";
import { BACKGROUND } from "./renditions";
import { sharpnessOf } from "./sharpness";
import { sizeFor } from "./size";
import type { ImageFormat } from "./sniff";
import type { TimeLimit } from "./time-limit";

/** Four decimals: enough for any comparison, and short in the record. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/**
 * Measures a picture; the contract says what each number means.
 * @throws whatever sharp throws; ImageRefused when the time is over.
 */
export async function measure(
  picture: Picture,
  format: ImageFormat,
  bytes: number,
  time: TimeLimit,
): Promise<ImageFeatures> {
  const pixels = await smallPixels(picture, time);
  const luma = lumaOf(pixels);
  const light = lightOf(luma);
  const colours = dominantColours(pixels);
  return {
    width: picture.width,
    height: picture.height,
    format,
    bytes,
    frames: picture.frames,
    hasAlpha: picture.hasAlpha,
    colourSpace: picture.colourSpace,
    dominantColours: colours.dominantColours,
    dominantShares: colours.dominantShares.map(rounded),
    perceptualHash: perceptualHash(luma),
    sharpness: rounded(sharpnessOf(luma)),
    entropy: rounded(light.entropy),
    meanBrightness: rounded(light.meanBrightness),
    contrast: rounded(light.contrast),
    darkShare: rounded(light.darkShare),
    brightShare: rounded(light.brightShare),
    ...picture.exposure,
  };
}

/** Everything is measured on one picture of at most 256 × 256 pixels, decoded once. */
async function smallPixels(picture: Picture, time: TimeLimit): Promise<Pixels> {
  const small = picture
    .still()
    .flatten({ background: BACKGROUND })
    .resize({ ...sizeFor(picture, FEATURE_BOX), fit: "fill" })
    .raw();
  const { data, info } = await time.run(small, (pipeline) => pipeline.toBuffer({ resolveWithObject: true }));
  const { width, height, channels } = info;
  return { data, width, height, channels, count: width * height };
}
