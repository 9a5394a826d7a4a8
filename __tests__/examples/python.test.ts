import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { repositoryFolder } from "../../environments/repository";
import { remoteProcess } from "../../functions/common/remote-process";
import type { Process, ProcessingContext } from "../../functions/contract/process";
import { process as processByDefault } from "../../functions/processing";
import { animation, context, noise, phonePhoto, pixel, pixelBomb, twoHalves } from "../functions/images";
import { httpExchange } from "./support/exchange";
import { pythonHandler } from "./support/python-handler";

const invoke = pythonHandler();
const { store, url } = httpExchange("uploads");
const example: Process = remoteProcess({ bucket: "uploads", store, invoke, urlToRead: url, urlToWrite: url });

const input = (bytes: Uint8Array) => ({ bytes, id: "image-1", name: "picture.jpg" });
const both = async (bytes: Uint8Array, settings: ProcessingContext = context) =>
  Promise.all([example(input(bytes), settings), processByDefault(input(bytes), settings)]);

it.each([
  ["a jpeg photograph that lies on its side", phonePhoto],
  ["a transparent png", () => twoHalves(50, 20).ensureAlpha(0.5).png().toBuffer()],
  ["a png of 16 bits", () => noise(120, 90).toColourspace("rgb16").png().toBuffer()],
  ["a webp", () => noise(900, 300).webp().toBuffer()],
  ["an avif", () => noise(64, 64).avif().toBuffer()],
  ["a tiff in cmyk", () => twoHalves().toColourspace("cmyk").tiff().toBuffer()],
  ["an animated gif", () => animation(3).gif().toBuffer()],
])("makes the same pictures of %s as the default processing", async (_, make) => {
  const [ours, usual] = await both(await make());
  const described = (result: typeof ours) => result.outputs.map(({ bytes: __, ...output }) => output);
  expect(described(ours)).toEqual(described(usual));
  const { width, height, format, bytes, frames, hasAlpha } = usual.features;
  expect(ours.features).toMatchObject({ width, height, format, bytes, frames, hasAlpha });
  expect(Object.keys(ours.features).sort()).toEqual(Object.keys(usual.features).sort());
  for (const { bytes: written, format: name } of await Promise.all(
    ours.outputs.map(async (output) => ({ ...output, ...(await sharp(output.bytes).metadata()) })),
  )) {
    expect([written.length > 0, ["jpeg", "webp"].includes(name)]).toEqual([true, true]);
  }
});

it("sees what the default processing sees: colours, light, sharpness, a hash within a few bits", async () => {
  const [ours, usual] = await both(await noise(640, 480).jpeg().toBuffer());
  for (const name of ["entropy", "meanBrightness", "contrast"] as const) {
    expect(Math.abs(ours.features[name] - usual.features[name])).toBeLessThan(2);
  }
  expect(ours.features.sharpness / usual.features.sharpness).toBeGreaterThan(0.7);
  expect(ours.features.sharpness / usual.features.sharpness).toBeLessThan(1.4);
  const halves = await both(await twoHalves().png().toBuffer());
  expect(halves[0].features.dominantColours).toEqual(halves[1].features.dominantColours);
  expect(halves[0].features.dominantShares).toEqual(halves[1].features.dominantShares);
  expect(halves[0].features.perceptualHash).toBe(halves[1].features.perceptualHash);
});

it("turns pictures upright, and leaves neither place nor camera in them", async () => {
  const { outputs } = await example(input(await phonePhoto()), context);
  const web = outputs[0]?.bytes ?? new Uint8Array();
  const { exif, icc, width, height } = await sharp(web).metadata();
  expect([exif, icc, width, height]).toEqual([undefined, undefined, 300, 400]);
  // Red was at the left; turned by a quarter it is at the top.
  expect((await pixel(web, 150, 20))[0]).toBeGreaterThan(200);
  expect((await pixel(web, 150, 380))[2]).toBeGreaterThan(200);
});

it("reads when and how a picture was taken", async () => {
  const taken = await twoHalves()
    .jpeg()
    .withExif({
      IFD2: {
        DateTimeOriginal: "2024:05:01 12:00:00",
        OffsetTimeOriginal: "+02:00",
        ExposureTime: "1/125",
        FNumber: "28/10",
        ISOSpeedRatings: "200",
      },
    })
    .toBuffer();
  const [ours, usual] = await both(taken);
  const exposure = ({ features }: typeof ours) => {
    const { capturedAt, exposureSeconds, fNumber, isoSpeed } = features;
    return { capturedAt, exposureSeconds, fNumber, isoSpeed };
  };
  expect(exposure(ours)).toEqual({
    capturedAt: "2024-05-01T12:00:00+02:00",
    exposureSeconds: 0.008,
    fNumber: 2.8,
    isoSpeed: 200,
  });
  expect(exposure(usual)).toEqual(exposure(ours));
});

it.each([
  ["nothing", "empty", async () => Buffer.alloc(0)],
  ["a web page", "not-an-image", async () => Buffer.from("<!doctype html><title>502</title>")],
  ["an SVG", "unsupported-format", async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["half a jpeg", "corrupt", async () => (await noise().jpeg().toBuffer()).subarray(0, 4000)],
  ["half a png", "corrupt", async () => (await noise().png().toBuffer()).subarray(0, 4000)],
  ["a bomb of pixels", "too-many-pixels", () => pixelBomb(60_000, 60_000)],
])("refuses %s as %s", async (_, reason, make) => {
  await expect(example(input(await make()), context)).rejects.toMatchObject({ name: "ImageRefused", reason });
});

it("refuses by the limits of the settings", async () => {
  const limits = { ...context.limits, maxBytes: 100, maxFrames: 2 };
  const bytes = await twoHalves().png().toBuffer();
  await expect(example(input(bytes), { ...context, limits })).rejects.toThrow(
    `Expected at most 100 bytes (processing.limits.maxBytes), but got ${bytes.length}.`,
  );
  const frames = await animation(3).gif().toBuffer();
  await expect(
    example(input(frames), { ...context, limits: { ...limits, maxBytes: 1_000_000 } }),
  ).rejects.toMatchObject({ reason: "too-many-frames" });
});

it("refuses what takes longer than an image may take", async () => {
  const large = await twoHalves(6000, 4000).png().toBuffer();
  await expect(example(input(large), { ...context, secondsAllowed: 0.6 })).rejects.toMatchObject({
    reason: "timeout",
  });
});

it("fetches a large file by its URL, and puts large outputs into slots", async () => {
  const width = 1500;
  const bytes = randomBytes(width * width * 3);
  const large = await sharp(bytes, { raw: { width, height: width, channels: 3 } })
    .png()
    .toBuffer();
  expect(large.length).toBeGreaterThan(6_000_000);
  const rendition = {
    name: "copy",
    format: "png",
    maxWidthPixels: 9000,
    maxHeightPixels: 9000,
    fit: "inside",
  } as const;
  const { outputs } = await example(input(large), { ...context, renditions: [{ ...rendition, quality: 1 }] });
  const copy = outputs[0]?.bytes ?? new Uint8Array();
  expect(copy.length).toBeGreaterThan(6_000_000);
  expect(await sharp(copy).metadata()).toMatchObject({ format: "png", width, height: width });
  const keys = store.keys("uploads").map((key) => key.replace(/[0-9a-f-]{36}/, "…"));
  expect(keys).toEqual(["exchange/image-1/…/0", "exchange/image-1/…/original"]);
});

it("says so when it is called by another version of the contract", async () => {
  const { failed, payload } = await invoke(JSON.stringify({ contractVersion: 2 }));
  expect([failed, JSON.parse(payload)]).toEqual([
    true,
    { errorType: "ValueError", errorMessage: "contractVersion: expected 1, but got 2" },
  ]);
});

it("is tested with the version of Pillow that its image installs", () => {
  const pin = (file: string) => readFileSync(join(repositoryFolder(), file), "utf8").match(/^pillow==.*$/m)?.[0];
  expect(pin("examples/python/requirements.txt")).toMatch(/^pillow==\d+\.\d+\.\d+$/);
  expect(pin("local/requirements.txt")).toBe(pin("examples/python/requirements.txt"));
});
