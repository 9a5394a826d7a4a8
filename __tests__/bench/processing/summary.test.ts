import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HostUsage } from "../../../bench/processing/paths/host-usage";
import { ratioTo, summary } from "../../../bench/processing/summary";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { contender } from "./bench-result";

const temporaryFolder = temporaryFolders();
const counts = { phone: 1, photo: 1, png: 1, webp: 1, avif: 1 };

const usage = (seconds: number, changes: Partial<HostUsage> = {}): HostUsage => ({
  invocations: 1,
  seconds,
  busySeconds: seconds,
  cpuSeconds: seconds,
  peakMegabytes: 100,
  requests: { put: 6, copy: 0, get: 0, head: 2, delete: 0 },
  ...changes,
});

const images = () => {
  const folder = temporaryFolder();
  return ["a", "b"].map((name) => {
    const path = join(folder, name);
    writeFileSync(path, "1234");
    return { class: "photo" as const, path };
  });
};

it("takes the median of a path's rounds, and what one image of it took", async () => {
  const stream = [usage(9), usage(0.25, { busySeconds: 0.2, cpuSeconds: 0.24, peakMegabytes: 300 }), usage(0.1)];
  const {
    streamRatio,
    batchRatio,
    peakMegabytes,
    stream: path,
  } = await summary({
    measured: {
      contenders: [contender("darkroom"), contender("sharp-script")],
      paths: { stream, batch: [usage(0.2)] },
    },
    first: { stream: 3, batch: 4 },
    images: images(),
    batchItems: 50,
  });
  expect([streamRatio, batchRatio, peakMegabytes]).toEqual([0.8, 1, 300]);
  expect(path).toEqual({
    imagesPerSecond: 8,
    billedMillisecondsPerImage: 100,
    cpuMillisecondsPerImage: 120,
    peakMegabytes: 300,
    imagesPerInvocation: 2,
    requestsPerImage: { put: 3, copy: 0, get: 0, head: 1, delete: 0 },
    cpuRatio: 100 / 120,
    firstImagesPerSecond: 3,
  });
});

it("divides the default processing's speed by the bare script's, for the mix and for each class", async () => {
  const bare = contender("sharp-script", {
    imagesPerSecond: 8,
    imagesPerSecondByClass: { phone: 20, photo: 5, png: 10, webp: 10, avif: 10 },
  });
  const { ratio, ratioByClass, ratios } = await summary({
    measured: { contenders: [contender("darkroom"), bare], paths: { stream: [usage(1)], batch: [usage(1)] } },
    first: { stream: 1, batch: 1 },
    images: images(),
    batchItems: 50,
  });
  expect(ratio).toBe(1.25);
  expect(ratios).toEqual({ "sharp-script": 1.25 });
  expect(ratioByClass).toEqual({ phone: 0.5, photo: 2, png: 1, webp: 1, avif: 1 });
});

it("compares with a program that cannot read a class over the others, by how many images each has", () => {
  const blind = contender("blind", {
    imagesPerSecond: null,
    imagesPerSecondByClass: { phone: 5, photo: 20, png: 10, webp: 10, avif: null },
  });
  // 4 classes of 10 images a second each: 0.1 s an image; the other takes 0.2, 0.05, 0.1 and 0.1 s.
  expect(ratioTo(contender("darkroom"), blind, counts)).toBeCloseTo(0.45 / 0.4, 9);
  expect(ratioTo(contender("darkroom"), blind, { ...counts, phone: 5 })).toBeCloseTo(1.25 / 0.8, 9);
});

it("says which program it misses", async () => {
  const measured = { contenders: [contender("darkroom")], paths: { stream: [], batch: [] } };
  await expect(summary({ measured, first: { stream: 1, batch: 1 }, images: [], batchItems: 50 })).rejects.toThrow(
    new Error("sharp-script was not measured."),
  );
});
