import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { inParallel } from "../../../functions/common/parallel";
import { peakMegabytes } from "../../../local/processes/peak-memory";
import type { Command, Contender, Job, MadePicture, Run } from "./job";

/** Where answers go; standard output belongs to whatever the contender prints. */
const answers = 3;

/** Runs a contender's process: a command of the bench on each line of standard input, an answer to each. */
export async function serve(contender: Contender): Promise<void> {
  let job: Job = { renditions: [], limits: { maxPixels: 0, maxBytes: 0, maxFrames: 0 }, memoryMegabytes: 0 };
  let loaded: readonly Buffer[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line) as Command;
    if (command.kind === "load") {
      job = command.job;
      // Read beforehand: every contender has the bytes in memory when its time starts.
      loaded = command.files.map((file) => readFileSync(file));
      writeSync(answers, "{}\n");
    } else {
      writeSync(answers, `${JSON.stringify(await run(command.images, command.atOnce))}\n`);
    }
  }

  async function run(images: readonly number[], atOnce: number): Promise<Run> {
    const faults: unknown[] = [];
    const before = process.cpuUsage();
    const started = performance.now();
    const pictures = await inParallel(images, atOnce, async (index): Promise<readonly MadePicture[]> => {
      const bytes = loaded[index];
      if (bytes === undefined) throw new RangeError(`Image ${index} is not loaded.`);
      return contender(bytes, job).catch((error: unknown) => {
        faults.push(error);
        return [];
      });
    });
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(before);
    if (faults.length > 0) throw faults[0];
    return { seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: peakMegabytes(), pictures };
  }
}
