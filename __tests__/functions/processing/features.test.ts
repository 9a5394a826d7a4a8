import sharp from "sharp";
import { process } from "../../../functions/processing";
import { perceptualHash } from "../../../functions/processing/perceptual-hash";
import { context, noise, twoHalves } from "../images";

const features = async (bytes: Uint8Array) => (await process({ bytes, id: "a", name: "a" }, context)).features;

const solid = (background: string) =>
  sharp({ create: { width: 300, height: 200, channels: 3, background } })
    .png()
    .toBuffer();

const distance = (left: string, right: string): number => {
  const difference = BigInt(`0x${left}`) ^ BigInt(`0x${right}`);
  return [...difference.toString(2)].filter((bit) => bit === "1").length;
};

/** A picture with structure on a large scale, which a perceptual hash is about. */
const scene = (seed: number) => {
  const pixels = Uint8Array.from({ length: 12 * 9 * 3 }, (_, index) => (index * index * seed + index * 91) % 256);
  return sharp(pixels, { raw: { width: 12, height: 9, channels: 3 } }).resize(600, 450, { kernel: "cubic" });
};

it("a black, a white and a red picture have their brightness and dominant colour", async () => {
  expect(await features(await solid("#000"))).toMatchObject({ meanBrightness: 0, entropy: 0, sharpness: 0 });
  expect((await features(await solid("#fff"))).meanBrightness).toBe(255);
  const red = await features(await solid("#ff0000"));
  expect(red).toMatchObject({ meanBrightness: 54, dominantColours: ["#ff0000"], dominantShares: [1] });
});

it("bytes, size and alpha are those of the original", async () => {
  const bytes = await twoHalves().ensureAlpha().png().toBuffer();
  expect(await features(bytes)).toMatchObject({ bytes: bytes.length, width: 400, height: 300, hasAlpha: true });
});

it("a blurred picture is less sharp, and noise has more entropy than two colours", async () => {
  const detailed = await features(await noise().png().toBuffer());
  const blurred = await features(await noise().blur(4).png().toBuffer());
  const plain = await features(await twoHalves().png().toBuffer());
  expect(blurred.sharpness).toBeLessThan(detailed.sharpness / 2);
  expect(plain.entropy).toBeLessThan(detailed.entropy / 2);
});

it("the perceptual hash stays nearly the same when a picture is scaled and compressed, and differs between pictures", async () => {
  const original = (await features(await scene(7).png().toBuffer())).perceptualHash;
  const scaled = (await features(await scene(7).jpeg({ quality: 40 }).toBuffer())).perceptualHash;
  const other = (await features(await scene(13).png().toBuffer())).perceptualHash;
  expect(original).toMatch(/^[0-9a-f]{16}$/);
  expect(distance(original, scaled)).toBeLessThanOrEqual(4);
  expect(distance(original, other)).toBeGreaterThan(10);
});

it("the perceptual hash of a picture that darkens to the right is all ones", async () => {
  const pixels = Uint8Array.from({ length: 90 * 80 }, (_, index) => 255 - (index % 90) * 2);
  const image = await sharp(pixels, { raw: { width: 90, height: 80, channels: 1 } })
    .png()
    .toBuffer();
  expect((await features(image)).perceptualHash).toBe("ffffffffffffffff");
});

/** 256 × 256 pixels, so that nothing is scaled. */
const drawn = (grey: (x: number, y: number) => number) =>
  sharp(
    Uint8Array.from({ length: 65_536 }, (_, index) => grey(index % 256, index >> 8)),
    { raw: { width: 256, height: 256, channels: 1 } },
  )
    .png()
    .toBuffer();

it("half black, half white: one bit of entropy, the widest contrast, all of it clipped", async () => {
  expect(await features(await drawn((x) => (x < 128 ? 0 : 255)))).toMatchObject({
    entropy: 1,
    meanBrightness: 127.5,
    contrast: 127.5,
    darkShare: 0.5,
    brightShare: 0.5,
    dominantColours: ["#000000", "#ffffff"],
    dominantShares: [0.5, 0.5],
    // The edge is 254 rows high; each row has one -255 and one 255 among 254 pixels.
    sharpness: Number((255 * Math.sqrt(2 / 254)).toFixed(4)),
  });
});

it("every grey level alike: eight bits of entropy, and the ends are clipped up to four steps", async () => {
  expect(await features(await drawn((x) => x))).toMatchObject({
    entropy: 8,
    meanBrightness: 127.5,
    contrast: Number(Math.sqrt((256 ** 2 - 1) / 12).toFixed(4)),
    darkShare: Number((5 / 256).toFixed(4)),
    brightShare: Number((5 / 256).toFixed(4)),
    sharpness: 0,
  });
});

it("a chessboard of single pixels is as sharp as can be", async () => {
  expect((await features(await drawn((x, y) => ((x + y) % 2) * 255))).sharpness).toBe(1020);
});

it("dominant colours are at most five, most frequent first, each the mean of its box", async () => {
  const levels = [
    [16, 96],
    [80, 64],
    [112, 40],
    [144, 24],
    [176, 16],
    [240, 16],
  ] as const;
  const rows = levels.flatMap(([level, height]) => Array.from({ length: height }, () => level));
  const { dominantColours, dominantShares } = await features(await drawn((x, y) => (rows[y] ?? 0) + (x % 2) * 2));
  expect(dominantColours).toEqual(["#111111", "#515151", "#717171", "#919191", "#b1b1b1"]);
  expect(dominantShares).toEqual([0.375, 0.25, 0.1563, 0.0938, 0.0625]);
});

it("what is transparent lies on white", async () => {
  const clear = {
    create: { width: 30, height: 30, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
  } as const;
  expect(await features(await sharp(clear).png().toBuffer())).toMatchObject({
    dominantColours: ["#ffffff"],
    brightShare: 1,
  });
});

it("the perceptual hash of a picture of one colour, or of one pixel, is all zeros", async () => {
  const pixel = { create: { width: 1, height: 1, channels: 3, background: "#123456" } } as const;
  expect((await features(await solid("#777777"))).perceptualHash).toBe("0000000000000000");
  expect((await features(await sharp(pixel).png().toBuffer())).perceptualHash).toBe("0000000000000000");
});

it("the perceptual hash goes row by row from the top, the leftmost bit first", () => {
  // 9 × 8 pixels are their own areas: only the first of the second row is brighter than its neighbour.
  const data = new Uint8Array(72).fill(100);
  data[9] = 200;
  expect(perceptualHash({ data, width: 9, height: 8, count: 72 })).toBe("0080000000000000");
});

it("the same image gives the same outputs and features", async () => {
  const bytes = await noise().jpeg().toBuffer();
  const run = () => process({ bytes, id: "a", name: "a" }, context);
  expect(await run()).toEqual(await run());
});
