import type { Pixels } from "./pixels";

const MOST = 5;

/** The colour space is cut into 8 × 8 × 8 boxes: coarse enough that a sky is one colour. */
const BOXES = 512;

export interface DominantColours {
  /** `#rrggbb`, most frequent first, at most 5. */
  readonly dominantColours: readonly string[];
  /** Shares of all pixels, 0 to 1, in the same order. */
  readonly dominantShares: readonly number[];
}

/**
 * The boxes with the most pixels, each as the mean colour of its pixels. Where two have the same number, the darker box
 * in the order red, green, blue comes first.
 */
export function dominantColours({ data, channels, count }: Pixels): DominantColours {
  const pixels = new Uint32Array(BOXES);
  const sums = new Float64Array(BOXES * 3);
  const [toGreen, toBlue] = channels < 3 ? [0, 0] : [1, 2];
  for (let index = 0, at = 0; index < count; index++, at += channels) {
    const red = data[at] ?? 0;
    const green = data[at + toGreen] ?? 0;
    const blue = data[at + toBlue] ?? 0;
    const box = ((red >> 5) << 6) | ((green >> 5) << 3) | (blue >> 5);
    pixels[box] = (pixels[box] ?? 0) + 1;
    sums[box * 3] = (sums[box * 3] ?? 0) + red;
    sums[box * 3 + 1] = (sums[box * 3 + 1] ?? 0) + green;
    sums[box * 3 + 2] = (sums[box * 3 + 2] ?? 0) + blue;
  }
  const size = (box: number): number => pixels[box] ?? 0;
  const boxes = Array.from(pixels.keys())
    .filter((box) => size(box) > 0)
    .sort((one, other) => size(other) - size(one) || one - other)
    .slice(0, MOST);
  const mean = (box: number, channel: number): string =>
    Math.round((sums[box * 3 + channel] ?? 0) / size(box))
      .toString(16)
      .padStart(2, "0");
  return {
    dominantColours: boxes.map((box) => `#${mean(box, 0)}${mean(box, 1)}${mean(box, 2)}`),
    dominantShares: boxes.map((box) => size(box) / count),
  };
}
