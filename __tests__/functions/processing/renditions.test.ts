import fc from "fast-check";
import sharp from "sharp";
import type { Rendition } from "../../../functions/contract/process";
import { process } from "../../../functions/processing";
import { sizeFor } from "../../../functions/processing/size";
import { context, noise, pixel, twoHalves } from "../images";

const base: Rendition = {
  name: "web",
  format: "jpeg",
  maxWidthPixels: 100,
  maxHeightPixels: 100,
  fit: "inside",
  quality: 80,
};

const render = async (bytes: Uint8Array, change: Partial<Rendition>) => {
  const { outputs } = await process(
    { bytes, id: "a", name: "a" },
    { ...context, renditions: [{ ...base, ...change }] },
  );
  const [output] = outputs;
  if (output === undefined) throw new Error("no output");
  const { width, height, format } = await sharp(output.bytes).metadata();
  expect([width, height]).toEqual([output.width, output.height]);
  return { ...output, format };
};

it("a wider box gives a wider picture", async () => {
  const image = await twoHalves().jpeg().toBuffer();
  expect(await render(image, { maxWidthPixels: 80 })).toMatchObject({ width: 80, height: 60 });
  expect(await render(image, { maxWidthPixels: 100 })).toMatchObject({ width: 100, height: 75 });
  expect(await render(image, { maxHeightPixels: 30 })).toMatchObject({ width: 40, height: 30 });
});

it("cover fills the box and cuts off both sides alike", async () => {
  const output = await render(await twoHalves().jpeg().toBuffer(), { fit: "cover", format: "png" });
  expect(output).toMatchObject({ width: 100, height: 100 });
  expect((await pixel(output.bytes, 40, 50))[0]).toBeGreaterThan(240);
  expect((await pixel(output.bytes, 60, 50))[2]).toBeGreaterThan(240);
});

it.each(["inside", "cover"] as const)("nothing is enlarged (%s)", async (fit) => {
  const image = await twoHalves(40, 30).png().toBuffer();
  expect(await render(image, { fit })).toMatchObject({ width: 40, height: 30 });
});

it("a lower quality gives a smaller file in every lossy format", async () => {
  const image = await noise().png().toBuffer();
  for (const format of ["jpeg", "webp", "avif"] as const) {
    const high = await render(image, { format, quality: 95 });
    const low = await render(image, { format, quality: 20 });
    expect(low.bytes.length).toBeLessThan(high.bytes.length * 0.7);
  }
});

it("png keeps every colour whatever the quality", async () => {
  const image = await noise(80, 80).png().toBuffer();
  const { bytes } = await render(image, { format: "png", quality: 1 });
  expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(image).raw().toBuffer());
});

it("the format is the one set, and the key's extension follows", async () => {
  const image = await twoHalves().jpeg().toBuffer();
  const outputs = await Promise.all(
    (["jpeg", "png", "webp", "avif"] as const).map((format) => render(image, { format })),
  );
  expect(outputs.map(({ format, extension, contentType }) => [format, extension, contentType])).toEqual([
    ["jpeg", "jpg", "image/jpeg"],
    ["png", "png", "image/png"],
    ["webp", "webp", "image/webp"],
    ["heif", "avif", "image/avif"],
  ]);
});

it("a picture too large to be held decoded gives the same renditions", async () => {
  const image = await sharp({ create: { width: 5000, height: 4000, channels: 3, background: "#336699" } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const box = { maxWidthPixels: 4800, maxHeightPixels: 4800 };
  const output = await render(image, box);
  expect(output).toMatchObject({ width: 4800, height: 3840 });
});

it.each([
  [1, 1],
  [30_000, 1],
  [1, 30_000],
])("a picture of %i × %i is processed", async (width, height) => {
  const image = await sharp({ create: { width, height, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  const { outputs } = await process({ bytes: image, id: "a", name: "a" }, context);
  expect(outputs.map((output) => Math.min(output.width, output.height))).toEqual([1, 1]);
});

it("every size lies in its box, is at least one pixel and never larger than the picture", () => {
  const side = fc.integer({ min: 1, max: 16_383 });
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      fc.constantFrom("inside", "cover"),
      (width, height, boxWidth, boxHeight, fit) => {
        const box = { maxWidthPixels: boxWidth, maxHeightPixels: boxHeight, fit } as const;
        const size = sizeFor({ width, height }, box);
        expect(size.width).toBeGreaterThanOrEqual(1);
        expect(size.height).toBeGreaterThanOrEqual(1);
        expect(size.width).toBeLessThanOrEqual(Math.min(width, boxWidth));
        expect(size.height).toBeLessThanOrEqual(Math.min(height, boxHeight));
      },
    ),
  );
});
