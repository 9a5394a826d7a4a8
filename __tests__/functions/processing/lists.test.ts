import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { ImageRefused } from "../../../functions/contract/refusal";
import { process } from "../../../functions/processing";
import { countFrames } from "../../../functions/processing/frame-count";
import { countScans } from "../../../functions/processing/jpeg-scans";
import { animation, context, pngChunk, pngWith, tiffPages, twoHalves, webpFrames } from "../images";

/** Reason, or what became of it. */
const outcome = async (bytes: Uint8Array): Promise<string> => {
  try {
    const { outputs } = await process({ bytes, id: "a", name: "a" }, context);
    return `processed to ${outputs.length}`;
  } catch (error) {
    if (error instanceof ImageRefused) return `${error.reason}: ${error.message}`;
    throw error;
  }
};

const tooMany = "too-many-frames: Expected at most 1,000 frames or pages (processing.limits.maxFrames), but got more.";

describe("long lists are refused before libvips reads them", () => {
  it("webp of 100,000 frames, whose header alone takes libvips most of a minute", async () => {
    expect(await outcome(await webpFrames(100_000))).toBe(tooMany);
  });

  it.each(["II", "MM", "II+", "MM+"] as const)("tiff (%s) of 20,000 pages", async (kind) => {
    expect(await outcome(tiffPages(20_000, kind))).toBe(tooMany);
  });

  it("tiff whose last page names the first as the next", async () => {
    expect(await outcome(tiffPages(2, "II", "ring"))).toBe(tooMany);
  });

  it("gif of 50,000 frames", async () => {
    const frame = Buffer.from([0x21, 0xf9, 4, 0, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
    const start = Buffer.concat([Buffer.from("GIF89a"), Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255])]);
    expect(await outcome(Buffer.concat([start, ...Array<Buffer>(50_000).fill(frame)]))).toBe(tooMany);
  });

  it("webp of more chunks than there can be frames", async () => {
    const webp = await twoHalves(40, 30).webp().toBuffer();
    const chunk = Buffer.from("XXXX\0\0\0\0");
    expect(await outcome(Buffer.concat([webp, ...Array<Buffer>(1000).fill(chunk)]))).toBe("processed to 2");
    expect(await outcome(Buffer.concat([webp, ...Array<Buffer>(1100).fill(chunk)]))).toBe(
      "unsupported-format: Expected a webp of at most 1,100 chunks, but got more.",
    );
  });

  it("jpeg of more than 100 scans, each of which passes over the whole picture", async () => {
    const jpeg = await twoHalves(40, 30).jpeg({ progressive: true }).toBuffer();
    const last = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
    const bytes = Buffer.concat([jpeg.subarray(0, -2), ...Array<Buffer>(100).fill(last), jpeg.subarray(-2)]);
    expect(await outcome(bytes)).toBe("unsupported-format: Expected a jpeg of at most 100 scans, but got more.");
  });
});

describe("the counts are those of libvips", () => {
  it.each([2, 7])("%i frames of an animation", async (frames) => {
    expect(countFrames(await animation(frames).gif().toBuffer(), "gif", 1000)).toBe(frames);
    expect(countFrames(await animation(frames).webp().toBuffer(), "webp", 1000)).toBe(frames);
  });

  it("one of a picture that does not move", async () => {
    expect(countFrames(await twoHalves(40, 30).gif().toBuffer(), "gif", 1000)).toBe(1);
    expect(countFrames(await twoHalves(40, 30).tiff().toBuffer(), "tiff", 1000)).toBe(1);
  });

  it.each(["II", "MM", "II+", "MM+"] as const)("three pages of a tiff (%s)", async (kind) => {
    expect(countFrames(tiffPages(3, kind), "tiff", 1000)).toBe(3);
    expect((await sharp(tiffPages(3, kind)).metadata()).pages).toBe(3);
  });

  it("scans of a jpeg, whatever lies in its metadata", async () => {
    const plain = await twoHalves(40, 30).jpeg().toBuffer();
    const marker = Buffer.from([0xff, 0xef, 0, 6, 0xff, 0xda, 0xff, 0xda]);
    expect(countScans(Buffer.concat([plain.subarray(0, 2), marker, plain.subarray(2)]), 100)).toBe(1);
    expect(countScans(await twoHalves(40, 30).jpeg({ progressive: true }).toBuffer(), 100)).toBeGreaterThan(3);
  });

  it("nothing is read beyond the end of a file that is cut off anywhere", async () => {
    const files = [
      ["gif", await animation(3).gif().toBuffer()],
      ["webp", await animation(3).webp().toBuffer()],
      ["tiff", tiffPages(3, "II")],
      ["tiff", tiffPages(3, "MM+")],
    ] as const;
    for (const [format, bytes] of files) {
      for (let end = 0; end < bytes.length; end += 7) {
        expect(countFrames(bytes.subarray(0, end), format, 1000)).toBeLessThanOrEqual(3);
      }
    }
    const jpeg = await twoHalves(40, 30).jpeg({ progressive: true }).toBuffer();
    for (let end = 0; end < jpeg.length; end++) expect(countScans(jpeg.subarray(0, end), 100)).toBeLessThan(20);
  });
});

describe("bombs of a few kilobytes in a png's metadata do not unfold", () => {
  const bomb = deflateSync(Buffer.alloc(64_000_000));

  it.each([
    ["text", pngChunk("zTXt", Buffer.concat([Buffer.from("a\0\0"), bomb]))],
    ["international text", pngChunk("iTXt", Buffer.concat([Buffer.from("a\0\x01\0\0\0"), bomb]))],
    ["profile", pngChunk("iCCP", Buffer.concat([Buffer.from("a\0\0"), bomb]))],
  ])("%s", async (_, chunk) => {
    expect(await outcome(await pngWith(chunk))).toBe("processed to 2");
  });
});
