import { median } from "../median";
import type { StartedContender } from "./contenders/contenders";
import type { Run } from "./contenders/job";
import { expectSamePictures } from "./contenders/same-pictures";
import type { BenchImage } from "./images/make-images";
import { type ImageClass, mix } from "./images/mix";
import type { HostUsage } from "./paths/host-usage";
import type { MeasuredPath } from "./paths/measured-path";
import type { ContenderResult } from "./result";

export interface RoundsProps {
  readonly contenders: readonly StartedContender[];
  readonly paths: Readonly<Record<"stream" | "batch", MeasuredPath>>;
  readonly images: readonly BenchImage[];
  readonly rounds: number;
  readonly atOnce: number;
}

/** What was measured, round by round. */
export interface Rounds {
  readonly contenders: readonly ContenderResult[];
  readonly paths: Readonly<Record<"stream" | "batch", readonly HostUsage[]>>;
}

type Measured = { readonly whole: Run[]; readonly classes: Record<ImageClass, Run[]> };

/** Everyone in turn, each round in another order, after a round of each that is not counted. */
export async function measureRounds(props: RoundsProps, progress: (message: string) => void): Promise<Rounds> {
  const { contenders, paths, images, rounds, atOnce } = props;
  const all = images.map((_, index) => index);
  const ofClass = (name: ImageClass) => all.filter((index) => images[index]?.class === name);
  const noRuns = (): Measured => ({
    whole: [],
    classes: Object.fromEntries(mix.map(({ name }) => [name, []])) as unknown as Measured["classes"],
  });
  const measured = new Map(contenders.map(({ name }) => [name, noRuns()]));
  const usages: Record<"stream" | "batch", HostUsage[]> = { stream: [], batch: [] };

  progress("Warming up");
  let reference: Run | undefined;
  for (const contender of contenders) {
    const run = await contender.run(all, atOnce);
    reference ??= run;
    expectSamePictures(contender, run, reference, images);
  }

  const turns = [
    ...contenders.map((contender) => async () => {
      const runs = measured.get(contender.name);
      runs?.whole.push(await contender.run(all, atOnce));
      for (const { name } of mix) runs?.classes[name].push(await contender.run(ofClass(name), atOnce));
    }),
    ...(["stream", "batch"] as const).map((name) => async () => {
      usages[name].push(await paths[name].run(images));
    }),
  ];
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < turns.length; turn++) await turns[(turn + round) % turns.length]?.();
    const last = (name: StartedContender["name"]) => measured.get(name)?.whole.at(-1)?.seconds ?? Number.NaN;
    const speeds = [last("darkroom"), last("sharp-script"), usages.stream.at(-1)?.seconds, usages.batch.at(-1)?.seconds]
      .map((seconds = Number.NaN) => (images.length / seconds).toFixed(1))
      .join(", ");
    progress(`Round ${round + 1} of ${rounds}: ${speeds} images/s (Darkroom, bare sharp, stream, batch)`);
  }
  return {
    contenders: contenders.map((contender) => resultOf(contender, measured.get(contender.name) ?? noRuns(), ofClass)),
    paths: usages,
  };
}

function resultOf(
  { name, title, note, unreadable }: StartedContender,
  { whole, classes }: Measured,
  ofClass: (name: ImageClass) => readonly number[],
): ContenderResult {
  const images = mix.reduce((sum, one) => sum + ofClass(one.name).length, 0);
  const isWhole = unreadable.size === 0;
  const pictures = whole[0]?.pictures.flatMap((made) => made ?? []) ?? [];
  return {
    name,
    title,
    imagesPerSecond: isWhole ? median(whole.map(({ seconds }) => images / seconds)) : null,
    cpuMillisecondsPerImage: isWhole ? median(whole.map(({ cpuSeconds }) => (cpuSeconds * 1000) / images)) : null,
    peakMegabytes: Math.max(...whole.map(({ peakMegabytes }) => peakMegabytes)),
    imagesPerSecondByClass: Object.fromEntries(
      mix.map((one) => [
        one.name,
        unreadable.has(one.name)
          ? null
          : median(classes[one.name].map(({ seconds }) => ofClass(one.name).length / seconds)),
      ]),
    ) as ContenderResult["imagesPerSecondByClass"],
    kilobytesPerImage: isWhole ? pictures.reduce((sum, { bytes }) => sum + bytes, 0) / 1000 / images : null,
    ...(note === undefined ? {} : { note }),
  };
}
