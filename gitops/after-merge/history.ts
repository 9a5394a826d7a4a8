import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { mainBranch } from "../repository/wanted";
import { messageOf, UserError } from "../user-error";

const run = promisify(execFile);

/** The commits of main. */
export interface History {
  /** @throws UserError for a commit without one: the first of all, or the history is not there */
  parents(commit: string): Promise<readonly string[]>;
  /** Commits of main that came before it, the newest first; of merges the first parents only. */
  before(commit: string): Promise<readonly string[]>;
  /** Commits of main that came after it, the newest first; none for the last one. */
  after(commit: string): Promise<readonly string[]>;
}

/** As a checkout with the whole history knows them: as GitHub has it, else its own. */
export function gitHistory(repository: string): History {
  const git = async (...args: string[]): Promise<string> => {
    try {
      return (await run("git", args, { cwd: repository, maxBuffer: 2 ** 26 })).stdout.trim();
    } catch (error) {
      const { stderr = "" } = error as { readonly stderr?: string };
      const [why = messageOf(error)] = stderr.split("\n").filter((line) => line !== "");
      throw new UserError(`git ${args[0]} in ${repository}: ${why}`);
    }
  };
  const lines = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");
  return {
    async parents(commit) {
      const [, ...parents] = lines(await git("rev-list", "--parents", "-n", "1", commit));
      if (parents.length > 0) return parents;
      throw new UserError(
        `Expected commits before ${commit.slice(0, 12)}, but ${repository} has none: fetch the whole history (fetch-depth: 0).`,
      );
    },
    async before(commit) {
      const [, ...before] = lines(await git("rev-list", "--first-parent", commit));
      return before;
    },
    async after(commit) {
      const remote = `origin/${mainBranch}`;
      const known = await git("rev-parse", "--verify", "--quiet", remote).then(
        () => remote,
        () => mainBranch,
      );
      return lines(await git("rev-list", `${commit}..${known}`));
    },
  };
}
