import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { mainBranch } from "../../repository/wanted";
import type { GeneralCheck } from "../check";
import { type Finding, fault, ok, unchecked, warning } from "../finding";

/** State of the git checkout: what plans, drift and the comparison with main stumble over. */
export const git: GeneralCheck = {
  title: "git",
  look: async ({ root, env }): Promise<readonly Finding[]> => {
    const ask = (...args: string[]) => answer(root, env, args);
    const top = await ask("rev-parse", "--show-toplevel");
    if (top === undefined) {
      if ((await ask("--version")) === undefined) return [fault("there is no git", "install git")];
      return [fault("this folder is no checkout, so nothing can be compared with main", "git clone the repository")];
    }
    const findings = [
      ...(await begun(root, ask)),
      ...((await ask("rev-parse", "--is-shallow-repository")) === "true"
        ? [warning("its history is cut off, so older commits can't be compared with", "git fetch --unshallow")]
        : []),
      ...(await edited(ask)),
      ...(await behind(ask)),
      ...(await leftTrees(ask)),
    ];
    const branch = (await ask("rev-parse", "--abbrev-ref", "HEAD")) ?? "no commit yet";
    return findings.length > 0 ? findings : [ok(`branch ${branch}, nothing begun and not ended`)];
  },
};

type Ask = (...args: string[]) => Promise<string | undefined>;

/** What git has begun and waits to be ended, by the file it keeps meanwhile. */
const begunWork = {
  MERGE_HEAD: "merge",
  "rebase-merge": "rebase",
  "rebase-apply": "rebase",
  CHERRY_PICK_HEAD: "cherry-pick",
  REVERT_HEAD: "revert",
} as const;

async function begun(root: string, ask: Ask): Promise<Finding[]> {
  const kinds = new Set<string>();
  for (const [file, kind] of Object.entries(begunWork)) {
    const path = await ask("rev-parse", "--git-path", file);
    if (path !== undefined && existsSync(resolve(root, path))) kinds.add(kind);
  }
  return [...kinds].map((kind) =>
    fault(`a ${kind} is begun and not ended`, `git ${kind} --continue, or: git ${kind} --abort`),
  );
}

async function edited(ask: Ask): Promise<Finding[]> {
  const lines = (await ask("status", "--porcelain", "--", "environments"))?.split("\n").filter(Boolean) ?? [];
  const files = lines.map((line) => line.slice(2).trim());
  if (files.length === 0) return [];
  return [warning(`${files.join(", ")} is not committed: a plan here shows what no review has`, "git add, git commit")];
}

async function behind(ask: Ask): Promise<Finding[]> {
  const remote = `origin/${mainBranch}`;
  const count = await ask("rev-list", "--count", `HEAD..${remote}`);
  if (count === undefined)
    return [unchecked(`there is no ${remote} to compare with`, `git fetch origin ${mainBranch}`)];
  if (count === "0") return [];
  return [warning(`${count} commits of ${remote}, as last fetched, are not in here`, `git merge ${remote}`)];
}

/** Work trees that a killed comparison has left. */
async function leftTrees(ask: Ask): Promise<Finding[]> {
  const trees = (await ask("worktree", "list", "--porcelain"))?.match(/^worktree .*darkroom-base-.*$/gm) ?? [];
  return trees.map((line) => {
    const path = line.slice("worktree ".length);
    return warning(`a killed comparison has left ${path}`, `git worktree remove --force ${join(path)}`);
  });
}

function answer(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done) => {
    execFile("git", [...args], { cwd, env: { ...env, LC_ALL: "C" } }, (error, stdout) =>
      done(error ? undefined : stdout.trimEnd()),
    );
  });
}
