import sharp from "sharp";
import type { Expectation, MadeFile, Source } from "./item";
import type { Photograph } from "./photographs";
import { seededRandom } from "./random";
import { viewOf } from "./view";

/** What the files must exceed. */
export interface Limits {
  readonly maxPixels: number;
  readonly maxBytes: number;
}

const page = "<!doctype html><title>Not a picture</title><script>alert(document.domain)</script>";
const drawing = `<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><text y="40">&file;</text></svg>
`;

/**
 * Files that people send by mistake or in malice, with names that try things too. The same seed gives the same bytes. Web app 1
 * reads files itself and turns away what is no image; web app 2 is told the first bytes, about which some senders lie.
 */
export async function hostileFiles(
  photograph: Photograph,
  seed: number,
  limits: Limits,
  source: Source,
): Promise<MadeFile[]> {
  const strange = { door: "unsupported-type" } as const;
  const disguised = source === "upload" ? { lies: true } : strange;
  const picture = (step: number) => viewOf(photograph, seed + step, 700);
  const jpeg = (step: number) => picture(step).jpeg({ quality: 82 }).toBuffer();
  const png = await picture(1).png({ compressionLevel: 6 }).toBuffer();
  const whole = await jpeg(2);
  const honest = await jpeg(3);
  const file = (
    name: string,
    kind: string,
    expectation: Expectation,
    bytes: Buffer,
    atTheDoor: Pick<MadeFile, "door" | "lies"> = {},
  ): MadeFile => ({ name, kind, expectation, bytes, ...atTheDoor });
  return [
    file("truncated.jpg", "JPEG, cut off", "refused:corrupt", whole.subarray(0, Math.floor(whole.length * 0.6))),
    file("holiday.jpg", "HTML named .jpg", "refused:not-an-image", Buffer.from(`${page}<!-- ${seed} -->`), disguised),
    file(
      "drawing.svg",
      "SVG with an external entity",
      "refused:unsupported-format",
      Buffer.from(`${drawing}<!-- ${seed} -->`),
      disguised,
    ),
    file("bomb.png", "PNG with too many pixels", "refused:too-many-pixels", await bomb(limits.maxPixels, seed)),
    file("noise.png", "random bytes", "refused:not-an-image", noise(4096, seed), strange),
    file("half.png", "PNG, cut off", "refused:corrupt", png.subarray(0, Math.floor(png.length / 2))),
    file("huge.jpg", "JPEG with too many bytes", "refused:too-many-bytes", padded(await jpeg(4), limits.maxBytes + 1), {
      door: "too-large",
    }),
    file("really-a-png.jpg", "PNG named .jpg", "processed", await picture(5).png().toBuffer()),
    file("also-a-page.jpg", "JPEG that is HTML too", "processed", Buffer.concat([honest, Buffer.from(page)])),
    file("../../étage <b>1</b> & ünter %2e%2e+'\".jpg", "JPEG with a hostile name", "processed", await jpeg(6)),
  ];
}

/** The one file that has no bytes; there can be one in a corpus of different files. */
export const emptyFile: MadeFile = {
  name: "empty.jpg",
  kind: "no bytes",
  expectation: "refused:empty",
  door: "empty",
  bytes: Buffer.alloc(0),
};

/** A small PNG of one colour that unfolds to more than `maxPixels`. */
function bomb(maxPixels: number, seed: number): Promise<Buffer> {
  const height = 1 + Math.ceil(maxPixels / 16_000);
  const background = { r: seed % 256, g: 0, b: 0 };
  return sharp({ create: { width: 16_000, height, channels: 3, background }, limitInputPixels: false })
    .png({ palette: false, compressionLevel: 1 })
    .toBuffer();
}

/** Bytes that are no picture. */
function noise(length: number, seed: number): Buffer {
  const random = seededRandom(seed);
  return Buffer.from(Array.from({ length }, () => Math.floor(256 * random())));
}

/** The bytes with zeros behind them, which decoders pass over. */
export const padded = (bytes: Buffer, length: number): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(Math.max(0, length - bytes.length))]);
