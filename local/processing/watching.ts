import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { loadEnvironment, SettingsError } from "../../environments/load";
import { folderFaults } from "../../functions/bundle/code-folders";
import { defaultCode } from "../../functions/bundle/paths";
import { secondsForImage } from "../../functions/common/time-budget";
import type { ProcessingContext } from "../../functions/contract/process";
import { messageOf, UserError } from "../../gitops/user-error";
import { type Watch, watch } from "../watch";
import { imageFiles, stampOf } from "./image-files";
import type { Progress } from "./progress";
import { runOver } from "./run";
import type { WatchOptions } from "./watch-options";

/** How often files are looked at: soon enough for a save, seldom enough for a laptop's battery. */
const LOOK_MILLISECONDS = 300;

/** @throws UserError when the code is not there. */
export function folderToWatch(root: string, { folder, environment }: WatchOptions): string {
  const { code } = loadEnvironment(environment, join(root, "environments")).processing;
  const named = "folder" in code ? code.folder.replace("functions/", "") : defaultCode;
  const place = folder === undefined ? `environments/${environment}.yaml: processing.code.folder` : "--code";
  const faults = folderFaults(root, folder ?? named, place);
  if (faults.length > 0) throw new UserError(faults.join("\n"));
  return folder ?? named;
}

/** Runs the code once, and tells `progress`. */
export async function runOnce(
  root: string,
  folder: string,
  { environment, images }: WatchOptions,
  work: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const files = imageFiles(images);
  progress.begin(files);
  try {
    const context = contextOf(root, environment);
    const done: Progress["done"] = (result, peak) => progress.done(result, peak);
    await runOver({ root, folder, images: files, context, work, done, signal });
    if (!signal.aborted) progress.end();
  } catch (error) {
    if (signal.aborted) return;
    const known = error instanceof UserError || error instanceof SettingsError;
    progress.end(known ? error.message : `${messageOf(error)}`);
  }
}

/** Pictures of earlier runs go once a later run has made others; a run that failed has made none. */
function removeUnshown(work: string, run: number, progress: Progress): void {
  const shown = progress
    .report()
    .images.flatMap(({ outcome }) => (outcome.state === "processed" ? outcome.outputs : []));
  const kept = new Set([String(run), ...shown.map(({ path }) => basename(dirname(path)))]);
  // A run may fail before it has written anything.
  if (!existsSync(work)) return;
  for (const name of readdirSync(work)) if (!kept.has(name)) rmSync(join(work, name), { recursive: true, force: true });
}

/** What the functions of the environment would be given. */
function contextOf(root: string, environment: string): ProcessingContext {
  const { processing } = loadEnvironment(environment, join(root, "environments"));
  const { limits, renditions, timeoutSeconds, memoryMegabytes } = processing;
  return { limits, renditions, secondsAllowed: secondsForImage(timeoutSeconds), memoryMegabytes };
}

/** Runs the code at once, and again whenever code, settings or images change; a run that goes on is ended for the next. */
export function keepRunning(
  root: string,
  folder: string,
  options: WatchOptions,
  work: string,
  progress: Progress,
  failed: (error: unknown) => void,
): Watch {
  let seen: string | undefined;
  let run = 0;
  let current: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined;
  const endCurrent = async (): Promise<void> => {
    current?.abort.abort();
    await current?.ended;
  };
  const look = async (): Promise<void> => {
    const places = ["functions", `environments/${options.environment}.yaml`].map((place) => join(root, place));
    const stamp = stampOf([...places, options.images]);
    if (stamp === seen) return;
    seen = stamp;
    await endCurrent();
    run++;
    const abort = new AbortController();
    const ended = runOnce(root, folder, options, join(work, String(run)), progress, abort.signal)
      .then(() => removeUnshown(work, run, progress))
      .catch(failed);
    current = { abort, ended };
  };
  const watching = watch(look, LOOK_MILLISECONDS, failed);
  return {
    signal: watching.signal,
    stop: async () => {
      await watching.stop();
      await endCurrent();
    },
  };
}
