import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { messageOf, UserError } from "../user-error";

const run = promisify(execFile);

/** Work on the synthesized output of a commit. */
export type WithOutput<T> = (outputFolder: string) => T | Promise<T>;

export interface WithOutputProps {
  /** A checkout that has the commit. */
  readonly repository: string;
  /** Awaited between the bundle of the functions and the synth: whoever synthesizes the checkout meanwhile leaves its libraries' bundle. */
  readonly before?: Promise<unknown> | undefined;
  readonly progress: (line: string) => void;
}

/**
 * Synthesizes a commit in a work tree of its own, and removes it again.
 * @throws UserError when git does not know the commit, or it can't be synthesized
 */
export async function withOutputOf<T>(commit: string, work: WithOutput<T>, props: WithOutputProps): Promise<T> {
  const { repository, progress } = props;
  const parent = mkdtempSync(join(tmpdir(), "darkroom-base-"));
  const tree = join(parent, "tree");
  const git = (...args: string[]) => run("git", args, { cwd: repository });
  try {
    progress(`checking out ${commit.slice(0, 12)}`);
    await git("worktree", "add", "--detach", "--quiet", tree, commit);
    await synthesize(tree, props);
    return await work(join(tree, "cdktf.out"));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${commit.slice(0, 12)} could not be synthesized: ${lastLine(error)}`);
  } finally {
    await git("worktree", "remove", "--force", tree).catch(() => undefined);
    rmSync(parent, { recursive: true, force: true });
    await git("worktree", "prune").catch(() => undefined);
  }
}

async function synthesize(tree: string, { repository, before, progress }: WithOutputProps): Promise<void> {
  const npm = (...args: string[]) => run("npm", args, { cwd: tree, maxBuffer: 2 ** 26 });
  const lock = (folder: string) => readFileSync(join(folder, "package-lock.json"), "utf8");
  if (lock(repository) === lock(tree)) {
    symlinkSync(join(repository, "node_modules"), join(tree, "node_modules"));
  } else {
    progress("its packages differ: npm ci");
    // Packages of another commit must not run anything on their own.
    await npm("ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }
  // Bundles of functions and of the synth's libraries: each is taken only where its inputs are the same.
  const takeBundles = (name: string) => {
    const bundles = join(repository, ".cache", name);
    if (existsSync(bundles)) cpSync(bundles, join(tree, ".cache", name), { recursive: true });
  };
  takeBundles("functions");
  await npm("run", "--silent", "bundle");
  await before;
  takeBundles("synth");
  progress("synthesizing it");
  await npm("run", "--silent", "synth");
}

function lastLine(error: unknown): string {
  const { stderr = "", stdout = "" } = error as { readonly stderr?: string; readonly stdout?: string };
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
  return lines.at(-1) ?? messageOf(error);
}
