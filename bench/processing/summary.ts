import { stat } from "node:fs/promises";
import { median } from "../median";
import { costPerMillion } from "./cost";
import type { BenchImage } from "./images/make-images";
import { type ImageClass, mix } from "./images/mix";
import type { HostUsage, S3Request } from "./paths/host-usage";
import type { FirstSpeeds } from "./paths/warm-up";
import type { ContenderResult, PathResult, ProcessingBench } from "./result";
import type { Rounds } from "./rounds";

type Summary = Pick<
  ProcessingBench,
  | "ratio"
  | "streamRatio"
  | "batchRatio"
  | "peakMegabytes"
  | "ratios"
  | "ratioByClass"
  | "contenders"
  | "stream"
  | "batch"
  | "usdPerMillionImages"
  | "images"
>;

export interface SummaryProps {
  readonly measured: Rounds;
  readonly first: FirstSpeeds;
  readonly images: readonly BenchImage[];
  /** Images that one call of the batch function gets. */
  readonly batchItems: number;
}

/** @throws Error when the default processing or the bare script is not among the contenders. */
export async function summary({ measured, first, images, batchItems }: SummaryProps): Promise<Summary> {
  const named = (name: string): ContenderResult => {
    const found = measured.contenders.find((contender) => contender.name === name);
    if (found === undefined) throw new Error(`${name} was not measured.`);
    return found;
  };
  const [ours, bare] = [named("darkroom"), named("sharp-script")];
  const counts = Object.fromEntries(
    mix.map(({ name }) => [name, images.filter((image) => image.class === name).length]),
  ) as Record<ImageClass, number>;
  const path = (usages: readonly HostUsage[], imagesPerInvocation: number, firstSpeed: number): PathResult =>
    pathResult(usages, images.length, imagesPerInvocation, firstSpeed, ours.cpuMillisecondsPerImage ?? Number.NaN);
  const stream = path(measured.paths.stream, imagesPerCall(measured.paths.stream, images.length), first.stream);
  const batch = path(measured.paths.batch, batchItems, first.batch);
  const speed = ours.imagesPerSecond ?? Number.NaN;
  const cost = (one: PathResult, distributedMap: boolean) =>
    costPerMillion({ ...one, millisecondsPerImage: one.billedMillisecondsPerImage, distributedMap });
  return {
    ratio: speed / (bare.imagesPerSecond ?? Number.NaN),
    streamRatio: stream.imagesPerSecond / speed,
    batchRatio: batch.imagesPerSecond / speed,
    peakMegabytes: Math.max(stream.peakMegabytes, batch.peakMegabytes),
    ratios: Object.fromEntries(
      measured.contenders.filter((one) => one !== ours).map((one) => [one.name, ratioTo(ours, one, counts)]),
    ),
    ratioByClass: Object.fromEntries(
      mix.map(({ name }) => [name, by(ours, name) / by(bare, name)]),
    ) as ProcessingBench["ratioByClass"],
    contenders: measured.contenders,
    stream,
    batch,
    usdPerMillionImages: { stream: cost(stream, false), batch: cost(batch, true) },
    images: await Promise.all(
      mix.map(async ({ name }) => {
        const files = images.filter((image) => image.class === name);
        const sizes = await Promise.all(files.map(({ path: file }) => stat(file)));
        const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
        return { class: name, images: files.length, kilobytes: bytes / files.length / 1000 };
      }),
    ),
  };
}

const by = (contender: ContenderResult, name: ImageClass): number =>
  contender.imagesPerSecondByClass[name] ?? Number.NaN;

/** By the whole mix, or by the classes that the other can read, each with its share of the images. */
export function ratioTo(
  ours: ContenderResult,
  other: ContenderResult,
  counts: Readonly<Record<ImageClass, number>>,
): number {
  if (ours.imagesPerSecond !== null && other.imagesPerSecond !== null) {
    return ours.imagesPerSecond / other.imagesPerSecond;
  }
  const both = mix.filter(({ name }) => other.imagesPerSecondByClass[name] !== null);
  const seconds = (of: ContenderResult) => both.reduce((sum, { name }) => sum + counts[name] / by(of, name), 0);
  return seconds(other) / seconds(ours);
}

function imagesPerCall(usages: readonly HostUsage[], images: number): number {
  return median(usages.map(({ invocations }) => images / invocations));
}

function pathResult(
  usages: readonly HostUsage[],
  images: number,
  imagesPerInvocation: number,
  firstImagesPerSecond: number,
  cpuOfProcessing: number,
): PathResult {
  const of = (value: (usage: HostUsage) => number) => median(usages.map(value));
  const requests = (["put", "copy", "get", "head", "delete"] as const).map((name): [S3Request, number] => [
    name,
    of((usage) => usage.requests[name] / images),
  ]);
  const cpuMillisecondsPerImage = of(({ cpuSeconds }) => (cpuSeconds * 1000) / images);
  return {
    imagesPerSecond: of(({ seconds }) => images / seconds),
    billedMillisecondsPerImage: of(({ busySeconds }) => (busySeconds * 1000) / images),
    cpuMillisecondsPerImage,
    peakMegabytes: Math.max(...usages.map(({ peakMegabytes }) => peakMegabytes)),
    imagesPerInvocation,
    requestsPerImage: Object.fromEntries(requests) as PathResult["requestsPerImage"],
    cpuRatio: cpuOfProcessing / cpuMillisecondsPerImage,
    firstImagesPerSecond,
  };
}
