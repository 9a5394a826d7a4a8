import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { ImageRefused } from "../../../functions/contract/refusal";
import { process } from "../../../functions/processing";
import { animation, context, noise, pixelBomb, twoHalves } from "../images";

const refusal = async (bytes: Uint8Array, change: Partial<typeof context> | object = {}): Promise<string> => {
  try {
    await process({ bytes, id: "a", name: "holiday.jpg" }, { ...context, ...change });
  } catch (error) {
    if (error instanceof ImageRefused) return `${error.reason}: ${error.message}`;
    throw error;
  }
  throw new Error("the image was not refused");
};

const limits = (change: Partial<Record<"maxPixels" | "maxBytes" | "maxFrames", number>>) => ({
  limits: { ...context.limits, ...change },
});

const damaged = (format: string): string =>
  `corrupt: The file is damaged: it begins as ${format}, but cannot be decoded whole.`;

const formats = "Expected jpeg, png, webp, avif, gif or tiff";

describe("what is no image", () => {
  it("is refused when it has no bytes", async () => {
    expect(await refusal(Buffer.alloc(0))).toBe("empty: The file has no bytes.");
  });

  it.each([
    ["HTML named .jpg", Buffer.from("<!doctype html><html><body>Not found</body></html>")],
    ["text", Buffer.from("hello")],
    ["one byte", Buffer.from([0xff])],
    ["zeros", Buffer.alloc(10_000)],
    ["a gzip file", gzipSync("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["a program", Buffer.from("\x7fELF\x02\x01\x01", "latin1")],
  ])("is refused: %s", async (_, bytes) => {
    expect(await refusal(bytes)).toBe(`not-an-image: ${formats}, but the first bytes are those of none of them.`);
  });

  it.each([
    ["SVG", Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["SVG", Buffer.from('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>')],
    ["HEIC", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1")],
    ["PDF", Buffer.from("%PDF-1.7\n")],
    ["BMP", Buffer.from("BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "latin1")],
    ["JPEG XL", Buffer.from("\xff\x0a\0\0", "latin1")],
    ["Photoshop", Buffer.from("8BPS\0\x01", "latin1")],
    ["Canon raw", Buffer.from("II*\0\x10\0\0\0CR\x02\0", "latin1")],
  ])("is refused by its kind: %s", async (kind, bytes) => {
    expect(await refusal(bytes)).toBe(`unsupported-format: ${formats}, but got ${kind}.`);
  });
});

it("libvips itself would not decode SVG, were it to get past the first check", async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await expect(sharp(svg).metadata()).rejects.toThrow("unsupported image format");
});

describe("what is too large is refused before it is decoded", () => {
  it("by bytes, also when it is no image", async () => {
    expect(await refusal(Buffer.alloc(1001), limits({ maxBytes: 1000 }))).toBe(
      "too-many-bytes: Expected at most 1,000 bytes (processing.limits.maxBytes), but got 1,001.",
    );
  });

  it("by pixels that a small file claims", async () => {
    const bomb = await pixelBomb(30_000, 30_000);
    expect(bomb.length).toBeLessThan(200);
    expect(await refusal(bomb)).toBe(
      "too-many-pixels: Expected at most 50,000,000 pixels (processing.limits.maxPixels), but got 30,000 × 30,000.",
    );
  });

  it("by all frames of an animation", async () => {
    const gif = await animation(5).gif().toBuffer();
    expect(await refusal(gif, limits({ maxPixels: 40 * 30 * 5 - 1 }))).toBe(
      "too-many-pixels: Expected at most 5,999 pixels (processing.limits.maxPixels), but got 40 × 30 × 5 frames.",
    );
    await expect(
      process({ bytes: gif, id: "a", name: "a" }, { ...context, ...limits({ maxPixels: 40 * 30 * 5 }) }),
    ).resolves.toBeDefined();
  });

  it("by the number of frames", async () => {
    const gif = await animation(5, 2, 2).gif().toBuffer();
    expect(await refusal(gif, limits({ maxFrames: 4 }))).toBe(
      "too-many-frames: Expected at most 4 frames or pages (processing.limits.maxFrames), but got more.",
    );
    await expect(
      process({ bytes: gif, id: "a", name: "a" }, { ...context, ...limits({ maxFrames: 5 }) }),
    ).resolves.toBeDefined();
  });
});

describe("what is damaged is refused", () => {
  it.each(["jpeg", "png", "webp", "avif", "tiff", "gif"] as const)("when half of a %s is missing", async (format) => {
    const bytes = await noise()[format]().toBuffer();
    expect(await refusal(bytes.subarray(0, bytes.length / 2))).toBe(damaged(format));
  });

  it("when half of an animation is missing", async () => {
    const frames = await animation(40).webp({ lossless: true }).toBuffer();
    expect(await refusal(frames.subarray(0, frames.length / 2))).toBe(damaged("webp"));
  });

  it.each([
    ["jpeg", "\xff\xd8\xff\xe0"],
    ["png", "\x89PNG\r\n\x1a\n"],
    ["gif", "GIF89a"],
    ["webp", "RIFF\0\0\0\0WEBPVP8 "],
    ["avif", "\0\0\0\x18ftypavif\0\0\0\0avifmif1"],
    ["tiff", "II*\0\x08\0\0\0"],
  ])("when nothing but the first bytes are those of a %s", async (format, start) => {
    const bytes = Buffer.concat([Buffer.from(start, "latin1"), Buffer.from("garbage ".repeat(100))]);
    expect(await refusal(bytes)).toBe(damaged(format));
  });

  it("when bytes in its middle are overwritten", async () => {
    const png = await noise().png().toBuffer();
    png.fill(0, 50_000, 51_000);
    expect(await refusal(png)).toBe(damaged("png"));
  });

  it("with the same words however many fail at once", async () => {
    const formats = ["jpeg", "png", "webp", "avif", "tiff", "gif"] as const;
    const halves = await Promise.all(
      formats.map(async (format) => {
        const bytes = await noise(120, 90)[format]().toBuffer();
        return bytes.subarray(0, bytes.length / 2);
      }),
    );
    for (let round = 0; round < 5; round++) {
      expect(await Promise.all(halves.map((bytes) => refusal(bytes)))).toEqual(formats.map(damaged));
    }
  });

  it("what the decoder said is kept as the cause, for the log", async () => {
    const error = await process({ bytes: Buffer.from("GIF89a"), id: "a", name: "a" }, context).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ reason: "corrupt", cause: { message: expect.stringMatching(/gif/i) } });
  });
});

describe("what the decoder does not know is refused as such", () => {
  it("a tiff with a compression that libtiff was built without", async () => {
    const tiff = await twoHalves(40, 30).tiff({ compression: "none" }).toBuffer();
    const entry = tiff.indexOf(Buffer.from([0x03, 0x01, 0x03, 0x00, 1, 0, 0, 0]));
    tiff.writeUInt16LE(34_661, entry + 8);
    expect(await refusal(tiff)).toBe("unsupported-format: The decoder does not know this kind of tiff.");
  });

  it("a jpeg of a process that nobody uses", async () => {
    const jpeg = await twoHalves(40, 30).jpeg().toBuffer();
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc5;
    expect(await refusal(jpeg)).toBe("unsupported-format: The decoder does not know this kind of jpeg.");
  });
});

it("an image that has no time left is refused", async () => {
  expect(await refusal(await twoHalves().png().toBuffer(), { secondsAllowed: 0 })).toBe(
    "timeout: Processing took longer than the 0 seconds an image may take.",
  );
});

it.each([
  ["jpeg", "<script>alert(1)</script>"],
  ["png", "PK\x03\x04 script.zip"],
  ["gif", "*/=1;alert('script')//"],
  ["webp", "<?php script ?>"],
] as const)("a %s that is also something else is processed without the something else", async (format, rest) => {
  const picture = await twoHalves(60, 40)[format]().toBuffer();
  const bytes = Buffer.concat([picture, Buffer.from(rest, "latin1")]);
  const { outputs, features } = await process({ bytes, id: "a", name: "page.html" }, context);
  expect(features.format).toBe(format);
  expect(outputs.map((output) => Buffer.from(output.bytes).includes("script"))).toEqual([false, false]);
});

it("a program that begins like a gif is no picture", async () => {
  expect(await refusal(Buffer.from("GIF89a/*\0\0\0*/=1;alert(document.domain)//"))).toBe(damaged("gif"));
});
