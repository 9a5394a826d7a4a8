import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { process as processImage } from "../../../functions/processing";
import type { Header } from "../../../functions/processing/header";
import { neededBytes } from "../../../functions/processing/needed-memory";
import { context, pixelBomb, twoHalves } from "../images";

it("a picture that the function's memory cannot hold is refused with both numbers", async () => {
  const bytes = await pixelBomb(8000, 6000);
  await expect(processImage({ bytes, id: "a", name: "a" }, { ...context, memoryMegabytes: 256 })).rejects.toMatchObject(
    {
      reason: "too-many-pixels",
      message:
        "Expected a picture that fits into 80 MB (processing.memoryMegabytes is 256), but 8,000 × 6,000 pixels as png take about 121 MB.",
    },
  );
});

it("pictures that do not fit beside each other are processed one after the other", async () => {
  const bytes = await twoHalves(2000, 1500).jpeg().toBuffer();
  const run = () => processImage({ bytes, id: "a", name: "a" }, { ...context, memoryMegabytes: 250 });
  expect((await Promise.all([run(), run(), run()])).map(({ outputs }) => outputs.length)).toEqual([2, 2, 2]);
});

describe("the estimate", () => {
  const header: Header = {
    width: 4000,
    height: 3000,
    format: "jpeg",
    frames: 1,
    moves: false,
    hasAlpha: false,
    colourSpace: "srgb",
    exposure: { capturedAt: null, exposureSeconds: null, fNumber: null, isoSpeed: null },
    channels: 3,
    sampleBytes: 1,
    inPasses: false,
    turned: false,
  };
  const needed = (change: Partial<Header>, renditions: typeof context.renditions | [] = context.renditions) =>
    neededBytes({ ...header, ...change }, { ...context, renditions }, 0);

  it.each([
    [{ inPasses: true }, 72],
    [{ turned: true }, 36],
    [{ format: "avif" }, 216],
    [{ format: "webp" }, 48],
    [{ format: "gif" }, 48],
    [{ format: "tiff" }, 36],
    [{ channels: 4 }, 6],
    [{ sampleBytes: 2 }, 18],
    [{ format: "png", inPasses: true }, 36],
  ] as const)("of 12 megapixels in jpeg grows with %j by %i million bytes", (change, millions) => {
    expect(needed(change) - needed({})).toBe(millions * 1_000_000);
  });

  it("grows with the file, and with every frame of an animation that is kept", () => {
    expect(neededBytes(header, context, 1000) - neededBytes(header, context, 0)).toBe(1000);
    const small = { width: 256, height: 256, format: "webp", frames: 100 } as const;
    expect(needed({ ...small, moves: true }) - needed({ ...small, moves: false })).toBe(256 * 256 * 7 * 99);
  });
});

it("four large pictures at once stay within a function of 512 MB", async () => {
  const folder = await mkdtemp(join(tmpdir(), "darkroom-"));
  try {
    const file = join(folder, "passes.jpg");
    const flat = sharp({ create: { width: 6000, height: 4000, channels: 3, background: "#369" } });
    await writeFile(file, await flat.jpeg({ progressive: true, chromaSubsampling: "4:4:4" }).toBuffer());
    const script = join(__dirname, "peak-memory.ts");
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, file, "512"]);
    expect(Number(stdout)).toBeGreaterThan(100);
    expect(Number(stdout)).toBeLessThan(400);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
