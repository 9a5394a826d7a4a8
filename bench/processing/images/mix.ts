/** A kind of image that people send. */
export type ImageClass = "phone" | "photo" | "png" | "webp" | "avif";

export interface ClassOfImages {
  readonly name: ImageClass;
  /** For tables. */
  readonly title: string;
  /** Of a hundred images. */
  readonly percent: number;
}

/** What arrives: mostly small photographs, and enough straight from phones that those take most of the time. */
export const mix: readonly ClassOfImages[] = [
  { name: "phone", title: "JPEG of a phone, 12 megapixels", percent: 15 },
  { name: "photo", title: "JPEG, 640 × 427 pixels or so", percent: 40 },
  { name: "png", title: "PNG, 600 pixels or so", percent: 15 },
  { name: "webp", title: "WebP, 1280 pixels or so", percent: 15 },
  { name: "avif", title: "AVIF, 1280 pixels or so", percent: 15 },
];

/** Fewer would not be this mix. */
export const fewestImages = 20;

/**
 * How many of `images` are of each class: by largest remainder, so that they add up.
 * @throws RangeError
 */
export function countsOf(images: number): Readonly<Record<ImageClass, number>> {
  if (images < fewestImages) {
    throw new RangeError(`Expected ${fewestImages} images at least, to be a mix, but got ${images}.`);
  }
  const exact = mix.map(({ name, percent }) => ({ name, share: (percent * images) / 100 }));
  const whole = exact.reduce((sum, { share }) => sum + Math.floor(share), 0);
  const byRemainder = exact.toSorted((one, other) => (other.share % 1) - (one.share % 1));
  const more = new Set(byRemainder.slice(0, images - whole).map(({ name }) => name));
  const counts = exact.map(({ name, share }) => [name, Math.floor(share) + (more.has(name) ? 1 : 0)]);
  return Object.fromEntries(counts) as Record<ImageClass, number>;
}
