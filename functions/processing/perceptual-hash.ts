import type { Luma } from "./pixels";

const COLUMNS = 9;
const ROWS = 8;

/**
 * Difference hash (dHash) of 64 bits: the picture is shrunk to 9 × 8 grey pixels, each the mean of its area in whole
 * steps, and each bit says whether a pixel is brighter than its right neighbour, row by row from the top, the leftmost
 * bit first. Pictures that look alike differ in few bits: as a rule of thumb up to 10 of 64 is the same picture, scaled
 * or compressed anew.
 * Source: N. Krawetz, "Kind of Like That", hackerfactor.com, 2013.
 * @returns 16 hex digits
 */
export function perceptualHash(luma: Luma): string {
  const grey = shrunk(luma);
  let hash = 0n;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS - 1; column++) {
      const at = row * COLUMNS + column;
      hash = (hash << 1n) | ((grey[at] ?? 0) > (grey[at + 1] ?? 0) ? 1n : 0n);
    }
  }
  return hash.toString(16).padStart(16, "0");
}

/** Means of the 9 × 8 areas: first of the rows of pixels in each, then along those. */
function shrunk({ data, width, height }: Luma): Uint8Array {
  const grey = new Uint8Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row++) {
    const from = (row * height) / ROWS;
    const to = ((row + 1) * height) / ROWS;
    const line = new Float64Array(width);
    for (let y = Math.floor(from); y < to; y++) {
      const part = (Math.min(y + 1, to) - Math.max(y, from)) / (to - from);
      const start = y * width;
      for (let x = 0; x < width; x++) line[x] = (line[x] ?? 0) + part * (data[start + x] ?? 0);
    }
    grey.set(areaMeans(line, COLUMNS).map(Math.round), row * COLUMNS);
  }
  return grey;
}

/** Cuts `values` into `areas` equal parts; a value on a border counts on both sides by its share. */
function areaMeans(values: Float64Array, areas: number): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index++) sums[index + 1] = (sums[index] ?? 0) + (values[index] ?? 0);
  const size = values.length / areas;
  const sumTo = (border: number): number => {
    const whole = Math.floor(border);
    return (sums[whole] ?? 0) + (border - whole) * (values[whole] ?? 0);
  };
  return Float64Array.from({ length: areas }, (_, area) => (sumTo((area + 1) * size) - sumTo(area * size)) / size);
}
