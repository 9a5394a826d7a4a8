import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { UserError } from "../../gitops/user-error";

/** What can be asked of `npm run processing:watch`. */
export interface WatchOptions {
  /** Absolute path of the folder of images. */
  readonly images: string;
  /** Name of the folder of code below `functions/`; that of the environment when left out. */
  readonly folder?: string;
  /** Environment whose limits and renditions hold. */
  readonly environment: string;
  /** End after the first run; the exit code tells whether code failed on an image. */
  readonly once: boolean;
  /** Each run as a line of JSON. */
  readonly json: boolean;
}

/** Reads the command line; undefined when it only asked for help, which has been shown. @throws UserError */
export function parseWatchOptions(args: readonly string[]): WatchOptions | undefined {
  const command = new Command("npm run processing:watch --")
    .description(
      "Runs image code over a folder of images, again at each save of code, images or settings, and shows on a local page what it makes. Ends on Ctrl-C.",
    )
    .argument("<folder>", "folder of images")
    .option("--code <folder>", "functions/<name> (default: what the environment names)")
    .option("--environment <name>", "environment whose limits and renditions hold", "local")
    .option("--once", "run once, without a page; exit code 1 when the code failed on an image")
    .option("--json", "each run as a line of JSON on standard output")
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UserError(`${error.message.replace(/^error: /, "")}\nSee: npm run processing:watch -- --help`);
  }
  const { code, ...flags } = command.opts<{ code?: string; environment: string; once?: true; json?: true }>();
  return {
    images: resolve(command.args[0] ?? "."),
    once: false,
    json: false,
    ...flags,
    ...(code !== undefined && { folder: folderOf(code) }),
  };
}

/** `functions/watermark`, with or without a slash at its end, as shells complete it. */
function folderOf(code: string): string {
  const [, name] = /^(?:\.\/)?functions\/([a-z][a-z0-9-]*)\/?$/.exec(code) ?? [];
  if (name !== undefined) return name;
  throw new UserError(`--code: expected a folder of this repository, functions/<name>, but got ${code}`);
}
