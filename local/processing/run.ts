import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ProcessingContext } from "../../functions/contract/process";
import { CodeProcess } from "./code-process";
import { compileWatched } from "./compile-watched";
import { type ImageFile, MOST_IMAGES } from "./image-files";
import type { ImageResult } from "./result";

/** One run of code over images. */
export interface RunProps {
  /** The repository. */
  readonly root: string;
  /** Name of the folder below `functions/`. */
  readonly folder: string;
  readonly images: readonly ImageFile[];
  readonly context: ProcessingContext;
  /** A folder for what is made, within the repository. */
  readonly work: string;
  /** Told each result. */
  readonly done: (result: ImageResult, peakMegabytes: number) => void;
  /** Ends the run at once. */
  readonly signal: AbortSignal;
}

/**
 * Runs the code over the images, one after the other, in a fresh process; after a crash or a hang the rest goes to another.
 * @throws UserError when the code does not compile, load or keep to the contract.
 */
export async function runOver({ root, folder, images, context, work, done, signal }: RunProps): Promise<void> {
  mkdirSync(work, { recursive: true });
  const compiled = join(work, "code.cjs");
  await compileWatched(root, folder, compiled);
  let code: CodeProcess | undefined;
  const end = (): void => code?.end();
  signal.addEventListener("abort", end);
  try {
    for (const [index, { path, file, id, sizeBytes }] of images.slice(0, MOST_IMAGES).entries()) {
      if (signal.aborted) return;
      if (!code?.isAlive) code = await CodeProcess.start(compiled, root, `functions/${folder}/index.ts`);
      if (signal.aborted) return;
      const job = { path, id, name: file, outputs: join(work, String(index)), context };
      const { peakMegabytes, ...result } = await code.process(job);
      const milliseconds = Math.round(result.milliseconds * 10) / 10;
      if (!signal.aborted) done({ file, sizeBytes, ...result, milliseconds }, peakMegabytes);
    }
  } finally {
    signal.removeEventListener("abort", end);
    end();
    rmSync(compiled, { force: true });
  }
}
