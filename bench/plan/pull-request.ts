import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A checkout of a pull request's merge, as a job of plan.yml has it. */
export interface PullRequest {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
  readonly mergeTree: string;
}

/** What set-up made and a copy may share, since nothing in it is changed by a run. */
const shared = ["python", "terraform-providers", "terraform-registry.json"];

/** How a copy differs from the checkout. */
export interface CopyOptions {
  /** Which files it has. @default all */
  readonly wanted?: (file: string) => boolean;
  /** Changes the copy before its first commit. @default nothing */
  readonly prepare?: (folder: string) => void;
}

/**
 * A git repository with the files of this one as base, and a pull request that edits environment files merged into it.
 * @param root - the checkout to copy, with its changes that are not committed
 * @param edit - the new text of `environments/<name>.yaml`
 */
export function makePullRequest(
  root: string,
  folder: string,
  environments: readonly string[],
  edit: (text: string, environment: string) => string,
  { wanted = () => true, prepare = () => {} }: CopyOptions = {},
): PullRequest {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter((name) => name !== "" && wanted(name) && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  prepare(folder);
  git("init", "--quiet", "--initial-branch", "main");
  git("config", "user.name", "bench");
  git("config", "user.email", "bench@example.org");
  writeFileSync(join(folder, ".git", "info", "exclude"), "/node_modules\n");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, ".cache"));
  for (const name of shared.filter((part) => existsSync(join(root, ".cache", part)))) {
    symlinkSync(join(root, ".cache", name), join(folder, ".cache", name));
  }
  for (const bundles of ["functions", "apps"])
    cpSync(join(root, ".cache", bundles), join(folder, ".cache", bundles), { recursive: true });
  git("add", "--all");
  git("commit", "--quiet", "--message", "Base");
  git("checkout", "--quiet", "-b", "edit");
  for (const name of environments) {
    const file = join(folder, "environments", `${name}.yaml`);
    const text = readFileSync(file, "utf8");
    const edited = edit(text, name);
    if (edited === text) throw new Error(`The edit leaves ${file} as it is: there would be nothing to plan.`);
    writeFileSync(file, edited);
  }
  git("commit", "--quiet", "--all", "--message", "Edit");
  git("checkout", "--quiet", "--detach", "main");
  git("merge", "--quiet", "--no-ff", "--message", "Merge", "edit");
  const [base, head, mergeTree] = ["HEAD^1", "HEAD^2", "HEAD^{tree}"].map((name) => git("rev-parse", name));
  return { folder, base: base ?? "", head: head ?? "", mergeTree: mergeTree ?? "" };
}
