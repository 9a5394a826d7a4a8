import type { Luma } from "./pixels";

/**
 * Standard deviation of the Laplacian (each pixel against its four neighbours) over the pixels that have four: edges
 * give large numbers, blur gives small ones. 0 for a picture narrower or lower than 3 pixels.
 * Source: J. L. Pech-Pacheco and others, "Diatom autofocusing in brightfield microscopy", ICPR 2000 (variance of Laplacian).
 */
export function sharpnessOf({ data, width, height }: Luma): number {
  const inner = (width - 2) * (height - 2);
  if (width < 3 || height < 3) return 0;
  let sum = 0;
  let squares = 0;
  for (let row = 1; row < height - 1; row++) {
    const end = (row + 1) * width - 1;
    for (let at = row * width + 1; at < end; at++) {
      const value =
        (data[at - width] ?? 0) +
        (data[at - 1] ?? 0) +
        (data[at + 1] ?? 0) +
        (data[at + width] ?? 0) -
        4 * (data[at] ?? 0);
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / inner;
  return Math.sqrt(Math.max(0, squares / inner - mean * mean));
}
