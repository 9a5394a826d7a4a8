import type { ContenderResult, PathResult, ProcessingBench } from "../../../bench/processing/result";

const everyClass = (value: number) => ({ phone: value, photo: value, png: value, webp: value, avif: value });

export const contender = (name: string, changes: Partial<ContenderResult> = {}): ContenderResult => ({
  name,
  title: name,
  imagesPerSecond: 10,
  cpuMillisecondsPerImage: 100,
  peakMegabytes: 300,
  imagesPerSecondByClass: everyClass(10),
  kilobytesPerImage: 90,
  ...changes,
});

const path: PathResult = {
  imagesPerSecond: 9,
  billedMillisecondsPerImage: 111,
  cpuMillisecondsPerImage: 110,
  peakMegabytes: 400,
  imagesPerInvocation: 30,
  requestsPerImage: { put: 3, copy: 0, get: 0, head: 1, delete: 0 },
  cpuRatio: 0.91,
  firstImagesPerSecond: 6,
};

const cost = { lambdaDuration: 2, lambdaRequests: 0.01, s3Writes: 15, s3Reads: 0.4, stepFunctions: 0, total: 17.41 };

/** A whole result of a bench, with round numbers. */
export const benchResult = (changes: Partial<ProcessingBench> = {}): ProcessingBench => ({
  ratio: 1,
  streamRatio: 0.9,
  batchRatio: 0.88,
  peakMegabytes: 400,
  coldStartMilliseconds: 250,
  ratios: { "sharp-script": 1 },
  ratioByClass: everyClass(1),
  contenders: [contender("darkroom"), contender("sharp-script")],
  stream: path,
  batch: path,
  memory: [{ megabytes: 2048, vcpus: 1.16, imagesAtOnce: 3, millisecondsPerImage: 86, usdPerMillionImages: 2.3 }],
  memoryMeasured: true,
  peaks: [{ kind: "JPEG", megapixels: 50, oneMegabytes: 200, fourMegabytes: 700, oneSeconds: 1.2 }],
  coldStart: {
    stream: { nodeMilliseconds: 40, readyMilliseconds: 250 },
    batch: { nodeMilliseconds: 40, readyMilliseconds: 240 },
  },
  usdPerMillionImages: { stream: cost, batch: { ...cost, stepFunctions: 0.5, total: 17.91 } },
  images: [{ class: "photo", images: 60, kilobytes: 40 }],
  rounds: 5,
  imagesAtOnce: 2,
  environment: "prod",
  computer: {
    processor: "Some processor",
    cores: 2,
    coreOfItsOwn: true,
    load: [0.5, 2],
    node: "v20.9.0",
    sharp: "0.35.5",
    libvips: "8.18.7",
  },
  measuredOn: "2026-11-24",
  ...changes,
});
