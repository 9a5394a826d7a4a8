import type { Rendition } from "../contract/process";

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

type Box = Pick<Rendition, "fit" | "maxWidthPixels" | "maxHeightPixels">;

/** How much `picture` shrinks for `box`: above 0, at most 1, as nothing is enlarged. */
export function scaleFor(picture: Size, { fit, maxWidthPixels, maxHeightPixels }: Box): number {
  const ratios = [maxWidthPixels / picture.width, maxHeightPixels / picture.height];
  return Math.min(1, fit === "inside" ? Math.min(...ratios) : Math.max(...ratios));
}

/** `picture` shrunk by `scale`, at least one pixel each way. */
export function scaled({ width, height }: Size, scale: number): Size {
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Size of the rendition of `picture` in `box`; with cover, what reaches beyond the box is cut off. */
export function sizeFor(picture: Size, box: Box): Size {
  const { width, height } = scaled(picture, scaleFor(picture, box));
  return { width: Math.min(width, box.maxWidthPixels), height: Math.min(height, box.maxHeightPixels) };
}
