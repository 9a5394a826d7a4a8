import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { repositoryFolder } from "../environments/repository";
import { median } from "./median";
import { makeStockTemplate } from "./stock-template";

const run = promisify(execFile);

export interface SynthBench {
  /** Median wall time of `npm run synth` for all environments, in seconds. */
  readonly seconds: number;
  /** `stockSeconds` by `seconds`. */
  readonly ratio: number;
  /** Median wall time of the stock template on the same stacks, in seconds. */
  readonly stockSeconds: number;
  /** Measured runs of each. */
  readonly runs: number;
}

/** Whole commands, in turn, after one run of each that is not counted. */
export async function benchSynth(runs: number, progress: (message: string) => void): Promise<SynthBench> {
  const root = repositoryFolder();
  const folder = await mkdtemp(join(tmpdir(), "darkroom-bench-"));
  try {
    progress("Setting up the stock template");
    const stock = await makeStockTemplate(root);
    const measure = async (command: string, args: string[], cwd: string, out: string) => {
      const started = performance.now();
      await run(command, args, { cwd, env: { ...process.env, CDKTF_OUTDIR: join(folder, out) } });
      return (performance.now() - started) / 1000;
    };
    const ours = () => measure("npm", ["run", "--silent", "synth"], root, "ours");
    const theirs = () => measure(process.execPath, [...stock.tsNode, "main.ts"], stock.folder, "stock");
    await ours();
    await theirs();
    await expectSameStacks(join(folder, "ours"), join(folder, "stock"));
    const times: [number, number][] = [];
    for (let index = 1; index <= runs; index++) {
      times.push([await ours(), await theirs()]);
      progress(
        `Run ${index} of ${runs}: ${times
          .at(-1)
          ?.map((seconds) => `${seconds.toFixed(2)} s`)
          .join(" against ")}`,
      );
    }
    const seconds = median(times.map(([our]) => our));
    const stockSeconds = median(times.map(([, their]) => their));
    return { seconds, ratio: stockSeconds / seconds, stockSeconds, runs };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A comparison of two programs that write different stacks would say nothing. */
async function expectSameStacks(one: string, other: string): Promise<void> {
  const stacks = async (folder: string) =>
    Promise.all(
      (await readdir(join(folder, "stacks")))
        .sort()
        .map(async (stack) => [stack, await readFile(join(folder, "stacks", stack, "cdk.tf.json"), "utf8")]),
    );
  if (JSON.stringify(await stacks(one)) !== JSON.stringify(await stacks(other))) {
    throw new Error("The stock template wrote other stacks than npm run synth: the two can't be compared.");
  }
}
