import { rmSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import { messageOf, UserError } from "../../gitops/user-error";
import { imageFiles } from "./image-files";
import { Progress } from "./progress";
import { reportText } from "./report-text";
import { parseWatchOptions } from "./watch-options";
import { watchServer } from "./watch-server";
import { folderToWatch, keepRunning, runOnce } from "./watching";

/** Resolves to the exit code that the signal asks for. */
const interrupted = (): Promise<number> =>
  new Promise((resolve) => {
    process.once("SIGINT", () => resolve(130));
    process.once("SIGTERM", () => resolve(143));
  });

/** Pictures that were made are gone when a script reads of them. */
const withoutPaths = (key: string, value: unknown): unknown => (key === "path" ? undefined : value);

async function main(): Promise<number> {
  const options = parseWatchOptions(process.argv.slice(2));
  if (options === undefined) return 0;
  const root = repositoryFolder();
  const folder = folderToWatch(root, options);
  // Looked at once before anything starts, so that a wrong folder is told at once.
  imageFiles(options.images);
  const progress = new Progress(`functions/${folder}`, options.environment);
  const work = join(root, ".cache", "watch", String(process.pid));
  const show = (): void => {
    const report = progress.report();
    if (report.state !== "running")
      console.log(options.json ? JSON.stringify(report, withoutPaths) : reportText(report));
  };
  const stopped = interrupted();
  try {
    if (options.once) {
      const abort = new AbortController();
      const run = runOnce(root, folder, options, join(work, "1"), progress, abort.signal).then(() => {
        show();
        return progress.report().state === "complete" ? 0 : 1;
      });
      const code = await Promise.race([run, stopped]);
      abort.abort();
      return code;
    }
    const server = watchServer(options.images, progress);
    const url = await server.listen({ host: "127.0.0.1", port: 0 });
    console.error(`${url} shows what functions/${folder} makes of ${options.images}; Ctrl-C ends it`);
    progress.onChange(show);
    const watching = keepRunning(root, folder, options, work, progress, (error) => console.error(messageOf(error)));
    const code = await stopped;
    await Promise.all([watching.stop(), server.close()]);
    return code;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

main().then(
  // Handles that others left open must not keep it alive.
  (code) => process.exit(code),
  (error: unknown) => {
    const known = error instanceof UserError || error instanceof SettingsError;
    console.error(`processing:watch: ${known ? error.message : messageOf(error)}`);
    process.exit(1);
  },
);
