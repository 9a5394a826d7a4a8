import type { Sharp } from "./engine";

const COLUMNS = 9;
const ROWS = 8;

/**
 * Difference hash (dHash) of 64 bits: the picture is shrunk to 9 × 8 grey pixels, and each bit says whether a pixel is
 * brighter than its right neighbour, row by row from the top, the leftmost bit first. Pictures that look alike differ in
 * few bits: as a rule of thumb up to 10 of 64 is the same picture, scaled or compressed anew.
 * Source: N. Krawetz, "Kind of Like That", hackerfactor.com, 2013.
 * @returns 16 hex digits
 */
export async function perceptualHash(picture: Sharp): Promise<string> {
  const grey = await picture.resize({ width: COLUMNS, height: ROWS, fit: "fill" }).greyscale().raw().toBuffer();
  let hash = 0n;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS - 1; column++) {
      const pixel = row * COLUMNS + column;
      hash = (hash << 1n) | (grey.readUInt8(pixel) > grey.readUInt8(pixel + 1) ? 1n : 0n);
    }
  }
  return hash.toString(16).padStart(16, "0");
}
