import sharp from "sharp";
import type { Rendition } from "../../../functions/contract/process";
import { process } from "../../../functions/processing";
import { animation, context, noise, phonePhoto, pixel, twoHalves } from "../images";

const run = (bytes: Uint8Array, renditions: readonly Rendition[] = context.renditions) =>
  process({ bytes, id: "a", name: "a.jpg" }, { ...context, renditions });

const rendition = (format: Rendition["format"], animation?: Rendition["animation"]): Rendition => ({
  animation,
  name: "web",
  format,
  maxWidthPixels: 200,
  maxHeightPixels: 200,
  fit: "inside",
  quality: 90,
});

const first = async (bytes: Uint8Array, format: Rendition["format"], animation?: Rendition["animation"]) => {
  const { outputs, features } = await run(bytes, [rendition(format, animation)]);
  const [output] = outputs;
  if (output === undefined) throw new Error("no output");
  return { output, features, metadata: await sharp(output.bytes, { pages: -1 }).metadata() };
};

const near = (colour: readonly number[], expected: readonly number[], tolerance = 12): void => {
  expect(colour.slice(0, 3).every((value, index) => Math.abs(value - (expected[index] ?? 0)) <= tolerance)).toBe(true);
};

describe("a photograph from a phone", () => {
  it("is turned upright, and its features say so", async () => {
    const { output, features } = await first(await phonePhoto(), "jpeg");
    expect(features).toMatchObject({ width: 300, height: 400, format: "jpeg", colourSpace: "srgb", frames: 1 });
    expect([output.width, output.height]).toEqual([150, 200]);
    near(await pixel(output.bytes, 75, 10), [254, 0, 0]);
    near(await pixel(output.bytes, 75, 190), [0, 0, 254]);
  });

  it("loses its position, camera and every other metadata in all formats", async () => {
    const photo = await phonePhoto();
    expect((await sharp(photo).metadata()).exif?.includes("Phone")).toBe(true);
    for (const format of ["jpeg", "png", "webp", "avif"] as const) {
      const { output, metadata } = await first(photo, format);
      expect([metadata.exif, metadata.icc, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual(
        Array.from({ length: 5 }),
      );
      expect(Buffer.from(output.bytes).includes("Phone")).toBe(false);
    }
  });
});

describe("colour", () => {
  it("is converted from the embedded profile to sRGB", async () => {
    const wide = await sharp({ create: { width: 50, height: 50, channels: 3, background: "#40c040" } })
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const { output, metadata } = await first(wide, "png");
    expect(metadata.icc).toBeUndefined();
    near(await pixel(output.bytes, 10, 10), [0x40, 0xc0, 0x40], 3);
    // The same numbers without regard to the profile would be another colour.
    const [stored = 0] = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
    expect(Math.abs(stored - 0x40)).toBeGreaterThan(10);
  });

  it("is converted from CMYK, which browsers do not show", async () => {
    const { output, features, metadata } = await first(
      await twoHalves().toColourspace("cmyk").jpeg().toBuffer(),
      "jpeg",
    );
    expect(features.colourSpace).toBe("cmyk");
    expect([metadata.space, metadata.channels]).toEqual(["srgb", 3]);
    const [red = 0, green = 0, blue = 0] = await pixel(output.bytes, 10, 10);
    expect(red).toBeGreaterThan(200);
    expect(Math.max(green, blue)).toBeLessThan(60);
  });

  it("is reduced from 16 bits to 8", async () => {
    const png = await twoHalves().toColourspace("rgb16").png().toBuffer();
    const { output, features, metadata } = await first(png, "png");
    expect(features.colourSpace).toBe("rgb16");
    expect(metadata.depth).toBe("uchar");
    near(await pixel(output.bytes, 10, 10), [255, 0, 0]);
  });

  it("is kept for grey pictures", async () => {
    const { output, features } = await first(await noise().toColourspace("b-w").png().toBuffer(), "jpeg");
    expect(features.colourSpace).toBe("b-w");
    const [red, green, blue] = await pixel(output.bytes, 5, 5);
    expect([green, blue]).toEqual([red, red]);
  });
});

describe("transparency", () => {
  const transparent = sharp({
    create: { width: 60, height: 60, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  });

  it("becomes white in jpeg", async () => {
    const { output, features } = await first(await transparent.png().toBuffer(), "jpeg");
    expect(features.hasAlpha).toBe(true);
    near(await pixel(output.bytes, 5, 5), [255, 255, 255]);
  });

  it.each(["png", "webp", "avif"] as const)("is kept in %s", async (format) => {
    const { output } = await first(await transparent.png().toBuffer(), format);
    expect((await pixel(output.bytes, 5, 5))[3]).toBe(0);
  });
});

describe("an animation", () => {
  it.each(["gif", "webp"] as const)("stays animated from %s to webp", async (format) => {
    const { output, features, metadata } = await first(await animation(5)[format]().toBuffer(), "webp", "keep");
    expect(features).toMatchObject({ frames: 5, format, width: 40, height: 30 });
    expect(output).toMatchObject({ frames: 5, width: 40, height: 30, contentType: "image/webp" });
    expect(metadata.pages).toBe(5);
  });

  it.each([undefined, "first-frame"] as const)("becomes a still webp when the setting is %s", async (setting) => {
    const { output, features, metadata } = await first(await animation(5).gif().toBuffer(), "webp", setting);
    expect([output.frames, metadata.pages ?? 1, features.frames]).toEqual([1, 1, 5]);
  });

  it.each(["jpeg", "png", "avif"] as const)("shows its first frame as %s", async (format) => {
    const { output, metadata } = await first(await animation(5).gif().toBuffer(), format);
    expect([output.frames, metadata.pages ?? 1, metadata.height]).toEqual([1, 1, 30]);
    near(await pixel(output.bytes, 5, 5), [0, 0, 0]);
  });

  it("has as many frames as the rendition really holds: neighbours that look the same become one", async () => {
    const grey = (level: number) => ({
      create: { width: 40, height: 30, channels: 3, background: { r: level, g: level, b: level } },
    });
    const gif = async (...levels: readonly number[]): Promise<Buffer> =>
      sharp(levels.map(grey) as never, { join: { animated: true } })
        .gif({ keepDuplicateFrames: true })
        .toBuffer();
    const two = await first(await gif(0, 0, 200), "webp", "keep");
    expect([two.features.frames, two.output.frames, two.metadata.pages]).toEqual([3, 2, 2]);
    const still = await first(await gif(90, 90, 90), "webp", "keep");
    expect([still.features.frames, still.output.frames, still.metadata.pages]).toEqual([3, 1, undefined]);
  });

  it("is cut to its box frame by frame", async () => {
    const { outputs } = await run(await animation(3, 600, 300).gif().toBuffer());
    expect(outputs[1]).toMatchObject({ name: "thumbnail", width: 256, height: 256, frames: 3 });
  });
});

it.each(["jpeg", "png", "webp", "avif", "tiff", "gif"] as const)(
  "%s is accepted and told by its bytes",
  async (format) => {
    const { output, features, metadata } = await first(await twoHalves()[format]().toBuffer(), "png");
    expect(features).toMatchObject({ format, width: 400, height: 300, frames: 1 });
    expect(output).toMatchObject({ extension: "png", contentType: "image/png", width: 200, height: 150 });
    expect([metadata.width, metadata.height]).toEqual([200, 150]);
  },
);
