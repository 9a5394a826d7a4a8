import fc from "fast-check";
import type { CorpusFile } from "./corpora";

/** How many damaged files are made, and from which seed: always the same ones. */
const count = 500;
const seed = 20_260_130;

/** Small files, so that damage often hits what matters; every format that is decoded, and HEIC. */
const originals = [
  "filetype/tests/fixtures/sample.avif",
  "hachoir/tests/files/gps.jpg",
  "imagesize/test/images/test.avif",
  "node-png/examples/test/img/basn6a08.png",
  "pillow-heif/tests/images/heif/RGB_8__128x128.heif",
  "pillow/Tests/images/apng/delay.png",
  "pillow/Tests/images/avif/star.avifs",
  "pillow/Tests/images/pil_sample_cmyk.jpg",
  "pillow/Tests/images/dispose_bgnd.gif",
  "pillow/Tests/images/flower.webp",
  "pillow/Tests/images/hopper.gif",
  "pillow/Tests/images/hopper.jpg",
  "pillow/Tests/images/hopper.png",
  "pillow/Tests/images/hopper.tif",
  "pillow/Tests/images/hopper.webp",
  "pillow/Tests/images/hopper_jpg.tif",
  "pillow/Tests/images/hopper_lzw.tif",
  "pillow/Tests/images/iss634.webp",
  "pillow/Tests/images/hopper_g4.tif",
  "pillow/Tests/images/transparent.webp",
];

/** The first bytes tell the format; a file that has lost them never reaches a decoder. */
const signature = 12;

/** A place in a file, as a share of its length; the first tenth, which mostly holds the headers, comes up more often. */
const place = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  fc.double({ min: 0, max: 0.1, noNaN: true }),
);

/** Bytes that are lengths and counts at their limits. */
const strange = fc.constantFrom([0], [0xff], [0x7f, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0xff, 0xff, 0xff, 0xff]);

const damage = fc.oneof(
  fc.record({ kind: fc.constant("flip"), at: place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant("write"), at: place, bytes: strange }),
  fc.record({ kind: fc.constant("cut"), at: place }),
  fc.record({ kind: fc.constant("remove"), at: place, length: fc.integer({ min: 1, max: 512 }) }),
  fc.record({ kind: fc.constant("repeat"), at: place, length: fc.integer({ min: 1, max: 4096 }) }),
  // A piece of another file, mostly of another format.
  fc.record({ kind: fc.constant("splice"), at: place, from: place, of: fc.nat(originals.length - 1) }),
);

type Damage = typeof damage extends fc.Arbitrary<infer One> ? One : never;

const offset = (bytes: Uint8Array, share: number): number =>
  signature + Math.floor(share * Math.max(0, bytes.length - signature));

function damaged(bytes: Buffer, one: Damage, files: readonly Buffer[]): Buffer {
  const at = offset(bytes, one.at);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if ("bit" in one) {
    const [byte = 0] = after;
    return Buffer.concat([before, Buffer.of(byte ^ (1 << one.bit)), after.subarray(1)]);
  }
  if ("bytes" in one) return Buffer.concat([before, Buffer.from(one.bytes), after.subarray(one.bytes.length)]);
  if ("of" in one) {
    const other = files[one.of] ?? Buffer.alloc(0);
    const from = offset(other, one.from);
    return Buffer.concat([before, other.subarray(from, from + 1024), after]);
  }
  if (!("length" in one)) return before;
  const piece = after.subarray(0, one.length);
  return one.kind === "repeat"
    ? Buffer.concat([before, piece, piece, piece, after])
    : Buffer.concat([before, after.subarray(one.length)]);
}

/**
 * Files of the corpora with 1 or 2 damages each.
 * @throws Error when an original is not there
 */
export function mutations(files: readonly CorpusFile[]): CorpusFile[] {
  const bytes = originals.map((name) => {
    const file = files.find((one) => one.name === name);
    if (file === undefined) throw new Error(`no file ${name} in the corpora`);
    return Buffer.from(file.bytes);
  });
  const mutation = fc.record({
    of: fc.nat(originals.length - 1),
    damages: fc.array(damage, { minLength: 1, maxLength: 2 }),
  });
  return fc.sample(fc.noBias(mutation), { numRuns: count, seed }).map(({ of, damages }, index) => {
    const original = bytes[of] ?? Buffer.alloc(0);
    const number = String(index).padStart(3, "0");
    const name = (originals[of] ?? "").replace(/^.*\//, "");
    return {
      name: `mutations/${number}-${name}`,
      bytes: damages.reduce<Buffer>((all, one) => damaged(all, one, bytes), original),
    };
  });
}
