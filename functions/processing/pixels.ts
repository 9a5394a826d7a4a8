/** A small decoded picture: 8 bits a channel, row by row, grey (1 channel) or red, green, blue (3). */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** width × height */
  readonly count: number;
}

/** One channel of the same size. */
export type Luma = Pick<Pixels, "data" | "width" | "height" | "count">;

/**
 * Brightness of each pixel: the sRGB values weighted as Rec. ITU-R BT.709-6, item 3.2, rounded to whole numbers. The
 * weights are in 65536ths, so that every processor rounds alike.
 */
export function lumaOf({ data, width, height, channels, count }: Pixels): Luma {
  if (channels === 1) return { data, width, height, count };
  const luma = new Uint8Array(count);
  for (let index = 0, at = 0; index < count; index++, at += channels) {
    luma[index] =
      (13_933 * (data[at] ?? 0) + 46_871 * (data[at + 1] ?? 0) + 4732 * (data[at + 2] ?? 0) + 32_768) >>> 16;
  }
  return { data: luma, width, height, count };
}
