import { cpus, loadavg } from "node:os";
import { versions } from "sharp";
import { loadEnvironment } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import { imagesAtOnce } from "../../functions/common/images-at-once";
import { compilePrograms } from "./compile";
import { startContenders } from "./contenders/contenders";
import type { Job } from "./contenders/job";
import { makeImages } from "./images/make-images";
import { makeWorstImages } from "./images/worst-images";
import { measureColdStart } from "./machine/cold-start";
import { shareCores } from "./machine/cores";
import { lambdaNode } from "./machine/lambda-node";
import { measureMemorySettings } from "./machine/memory-settings";
import { measurePeaks } from "./machine/peaks";
import { batchPath } from "./paths/batch";
import { startServices } from "./paths/services";
import { streamPath } from "./paths/stream";
import { unpackBundle } from "./paths/unpack";
import { warmUp } from "./paths/warm-up";
import type { ProcessingBench } from "./result";
import { measureRounds } from "./rounds";
import { summary } from "./summary";

export interface ProcessingBenchProps {
  readonly images: number;
  readonly rounds: number;
  /** Whose settings are measured. */
  readonly environment: string;
}

/** All of it in one run; every server and process it starts ends with it. */
export async function benchProcessing(
  { images: count, rounds, environment: name }: ProcessingBenchProps,
  progress: (message: string) => void,
): Promise<ProcessingBench> {
  const root = repositoryFolder();
  const environment = loadEnvironment(name);
  const { renditions, limits, memoryMegabytes } = environment.processing;
  const job: Job = { renditions, limits, memoryMegabytes };
  const images = await makeImages(root, count, progress);
  const worst = await makeWorstImages(root, progress);
  const { command: node, version: nodeVersion } = await lambdaNode(root, progress);
  progress("Building");
  const program = await compilePrograms(root);
  const bundleFolder = await unpackBundle(root);
  const loadBefore = loadavg()[0] ?? 0;
  const allCores = cpus();
  const cores = shareCores();
  const files = images.map(({ path }) => path);
  const atOnce = imagesAtOnce(memoryMegabytes, cores.measured === undefined ? allCores.length : 1);

  const closing: (() => Promise<void>)[] = [];
  try {
    progress("Starting Kafka and S3");
    const services = await startServices(environment.region, progress);
    closing.push(services.stop);
    const variables = services.environment;
    const hostProgram = program("function-host");
    const functionProps = { node, hostProgram, bundleFolder, environment, variables, cores: cores.measured };
    const paths = {
      stream: await streamPath(services, functionProps),
      batch: await batchPath(services, functionProps),
    };
    closing.push(paths.stream.stop, paths.batch.stop);
    const contenders = await startContenders({ root, program, node, job, files, cores: cores.measured }, progress);
    closing.push(...contenders.map(({ stop }) => stop));
    const first = await warmUp(paths, images, progress);
    const measured = await measureRounds({ contenders, paths, images, rounds, atOnce }, progress);
    // What is measured next needs the memory and the cores.
    for (const close of closing.splice(0).toReversed()) await close();

    const darkroom = measured.contenders[0]?.cpuMillisecondsPerImage ?? Number.NaN;
    progress("Memory settings");
    const memory = await measureMemorySettings(
      {
        job,
        files,
        node,
        program: program("darkroom"),
        cores: cores.all,
        coreCount: allCores.length,
        cpuMillisecondsPerImage: darkroom,
      },
      progress,
    );
    progress("Largest pictures");
    const peaks = await measurePeaks(worst, job, node, program("darkroom"), cores.all);
    progress("Cold start");
    const coldStart = {
      stream: await measureColdStart("stream", node, bundleFolder, environment, cores.measured),
      batch: await measureColdStart("batch", node, bundleFolder, environment, cores.measured),
    };
    return {
      ...(await summary({ measured, first, images, batchItems: environment.processing.batchItems })),
      ...memory,
      peaks,
      coldStart,
      coldStartMilliseconds: coldStart.stream.readyMilliseconds,
      rounds,
      imagesAtOnce: atOnce,
      environment: name,
      computer: {
        processor: allCores[0]?.model.trim() ?? "unknown",
        cores: allCores.length,
        coreOfItsOwn: cores.measured !== undefined,
        load: [loadBefore, loadavg()[0] ?? 0],
        node: nodeVersion,
        sharp: versions.sharp ?? "unknown",
        libvips: versions.vips,
      },
      measuredOn: new Date().toISOString().slice(0, 10),
    };
  } finally {
    for (const close of closing.toReversed()) await close().catch(() => undefined);
  }
}
