import type { Sharp } from "sharp";
import { type Photograph, pipeline } from "./photographs";
import { seededRandom } from "./random";

/**
 * One of many different pictures of a photograph: a part of it, perhaps mirrored or turned, lighter or darker, within
 * `maxSidePixels`. The same seed gives the same picture.
 */
export function viewOf(photograph: Photograph, seed: number, maxSidePixels: number): Sharp {
  const random = seededRandom(seed);
  const width = part(photograph.width, random());
  const height = part(photograph.height, random());
  const left = Math.floor((photograph.width - width) * random());
  const top = Math.floor((photograph.height - height) * random());
  const side = Math.round(maxSidePixels * (0.75 + 0.25 * random()));
  return pipeline(photograph)
    .extract({ left, top, width, height })
    .flip(random() < 0.1)
    .flop(random() < 0.5)
    .modulate({
      brightness: 0.8 + 0.4 * random(),
      saturation: 0.7 + 0.6 * random(),
      hue: Math.round(12 * random()) - 6,
    })
    .resize(side, side, { fit: "inside" })
    .rotate(random() < 0.2 ? 90 : 0);
}

/** From 55 to 95 in a hundred of a side. */
const part = (side: number, chance: number): number => Math.max(1, Math.floor(side * (0.55 + 0.4 * chance)));
