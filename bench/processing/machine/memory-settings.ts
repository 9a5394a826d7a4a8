import { imagesAtOnce } from "../../../functions/common/images-at-once";
import type { Job, Run } from "../contenders/job";
import { usdOfDuration } from "../cost";
import { megabytesPerVcpu } from "../prices";
import type { MemorySetting } from "../result";
import { startChild } from "./child";
import { cpuQuota } from "./cpu-quota";

const settings = [512, 1024, 1536, 1769, 2048, 3008, 3538];

/** Lambda shows a function two processors up to 3008 MB, three from there: github.com/rwnx/lambda-cpuinfo. */
const processorsOf = (megabytes: number): number => (megabytes <= 3008 ? 2 : 3);

export interface MemoryProps {
  readonly job: Job;
  readonly files: readonly string[];
  readonly node: string;
  /** The default processing's. */
  readonly program: string;
  /** All that there are: more than one vCPU needs more than one. */
  readonly cores: string | undefined;
  readonly coreCount: number;
  /** What is reckoned with where nothing can be limited. */
  readonly cpuMillisecondsPerImage: number;
}

/**
 * Time for an image by the function's memory, since Lambda gives processor time by memory: under such a limit where the
 * computer lets this process set one, reckoned otherwise.
 */
export async function measureMemorySettings(
  props: MemoryProps,
  progress: (message: string) => void,
): Promise<{ readonly memory: readonly MemorySetting[]; readonly memoryMeasured: boolean }> {
  const { job, files, node, program, cores, coreCount, cpuMillisecondsPerImage } = props;
  const fitting = settings.map((megabytes) => ({ megabytes, vcpus: megabytes / megabytesPerVcpu }));
  const quota = cpuQuota(`darkroom-bench-${process.pid}`);
  const setting = ({ megabytes, vcpus }: (typeof fitting)[number], milliseconds: number): MemorySetting => ({
    megabytes,
    vcpus,
    imagesAtOnce: imagesAtOnce(megabytes, processorsOf(megabytes)),
    millisecondsPerImage: milliseconds,
    usdPerMillionImages: 1e6 * usdOfDuration(milliseconds, megabytes),
  });
  if (quota === undefined) {
    return { memory: fitting.map((one) => setting(one, cpuMillisecondsPerImage / one.vcpus)), memoryMeasured: false };
  }
  const child = startChild({ name: "The default processing", command: node, args: [program], cores });
  try {
    quota.add(child.pid);
    const images = files.map((_, index) => index);
    await child.ask({ kind: "load", job, files });
    await child.ask<Run>({ kind: "run", images, atOnce: 2 });
    const memory: MemorySetting[] = [];
    for (const one of fitting.filter(({ vcpus }) => vcpus <= coreCount)) {
      await child.ask({ kind: "load", job: { ...job, memoryMegabytes: one.megabytes }, files });
      quota.limit(one.vcpus);
      const atOnce = imagesAtOnce(one.megabytes, processorsOf(one.megabytes));
      const { seconds } = await child.ask<Run>({ kind: "run", images, atOnce });
      quota.limit(coreCount);
      memory.push(setting(one, (seconds * 1000) / images.length));
      progress(`${one.megabytes} MB: ${((seconds * 1000) / images.length).toFixed(0)} ms an image`);
    }
    return { memory, memoryMeasured: true };
  } finally {
    await child.stop();
    quota.remove();
  }
}
