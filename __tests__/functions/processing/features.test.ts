import sharp from "sharp";
import { process } from "../../../functions/processing";
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

it("the same image gives the same outputs and features", async () => {
  const bytes = await noise().jpeg().toBuffer();
  const run = () => process({ bytes, id: "a", name: "a" }, context);
  expect(await run()).toEqual(await run());
});
