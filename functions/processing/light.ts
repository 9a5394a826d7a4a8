import type { Luma } from "./pixels";

/** Luma up to this, or that near to white, shows no detail any more. */
const CLIPPED = 4;

/** How bright a picture is; process.ts of the contract says what each number means. */
export interface Light {
  readonly entropy: number;
  readonly meanBrightness: number;
  readonly contrast: number;
  readonly darkShare: number;
  readonly brightShare: number;
}

/** All of it out of one histogram. */
export function lightOf({ data, count }: Luma): Light {
  const histogram = new Uint32Array(256);
  for (let index = 0; index < count; index++) {
    const value = data[index] ?? 0;
    histogram[value] = (histogram[value] ?? 0) + 1;
  }
  let sum = 0;
  let squares = 0;
  let entropy = 0;
  let dark = 0;
  let bright = 0;
  for (const [value, pixels] of histogram.entries()) {
    if (pixels === 0) continue;
    sum += value * pixels;
    squares += value * value * pixels;
    entropy -= (pixels / count) * Math.log2(pixels / count);
    if (value <= CLIPPED) dark += pixels;
    if (value >= 255 - CLIPPED) bright += pixels;
  }
  const mean = sum / count;
  return {
    entropy,
    meanBrightness: mean,
    contrast: Math.sqrt(Math.max(0, squares / count - mean * mean)),
    darkShare: dark / count,
    brightShare: bright / count,
  };
}
