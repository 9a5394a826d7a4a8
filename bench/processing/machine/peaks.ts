import type { Job, Run } from "../contenders/job";
import type { WorstImage } from "../images/worst-images";
import type { PeakResult } from "../result";
import { startChild } from "./child";

/** Memory of the default processing for the largest pictures that are accepted: one alone, and four at once. */
export async function measurePeaks(
  images: readonly WorstImage[],
  job: Job,
  node: string,
  program: string,
  cores: string | undefined,
): Promise<readonly PeakResult[]> {
  const run = async ({ kind, path }: WorstImage, count: number): Promise<Run> => {
    const child = startChild({ name: `Processing of ${kind}`, command: node, args: [program], cores });
    try {
      await child.ask({ kind: "load", job, files: [path] });
      return await child.ask<Run>({ kind: "run", images: new Array(count).fill(0), atOnce: count });
    } finally {
      await child.stop();
    }
  };
  const results: PeakResult[] = [];
  for (const image of images) {
    const one = await run(image, 1);
    const four = await run(image, 4);
    results.push({
      kind: image.kind,
      megapixels: image.megapixels,
      oneMegabytes: one.peakMegabytes,
      fourMegabytes: four.peakMegabytes,
      oneSeconds: one.seconds,
    });
  }
  return results;
}
