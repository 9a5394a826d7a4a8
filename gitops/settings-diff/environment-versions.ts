import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parse } from "yaml";
import { checkFolder, environmentsFolder } from "../../environments/environment-files";
import { SettingsError } from "../../environments/faults/settings-error";
import type { Environment } from "../../environments/schema";
import { knownCommit } from "../known-commit";

const run = promisify(execFile);

/** Environments by name. */
export type Environments = ReadonlyMap<string, Environment>;

/**
 * The environments as they are on disk.
 * @throws SettingsError with every fault
 */
export function environmentsNow(now: Date, folder = environmentsFolder()): Environments {
  const files = checkFolder(folder, now);
  const faults = files.flatMap((file) => file.faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return new Map(files.flatMap(({ name, environment }) => (environment ? [[name, environment] as const] : [])));
}

/**
 * The environments of a commit. They are not checked: what an older version allowed is compared as far as it can be.
 * @param revision - whatever git takes for a commit
 * @throws UserError when git does not know the commit
 */
export async function environmentsAt(revision: string, repository: string): Promise<Environments> {
  const git = async (...args: string[]): Promise<string> =>
    (await run("git", args, { cwd: repository, maxBuffer: 2 ** 26 })).stdout;
  const tree = await knownCommit(revision, repository);
  const paths = (await git("ls-tree", "--name-only", "-z", tree, "environments/"))
    .split("\0")
    .filter((path) => path.endsWith(".yaml"));
  const entries = paths.map(async (path) => {
    const name = path.slice("environments/".length, -".yaml".length);
    const settings: unknown = loose(await git("show", `${tree}:${path}`));
    return [name, { ...(settings as Environment), name }] as const;
  });
  return new Map(await Promise.all(entries));
}

/** An unreadable file of before is one in which nothing was set. */
function loose(text: string): unknown {
  try {
    return parse(text) ?? {};
  } catch {
    return {};
  }
}
