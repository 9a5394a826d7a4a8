import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "./user-error";

const run = promisify(execFile);

/**
 * @param revision - whatever git takes for a commit
 * @returns its hash
 * @throws UserError when git does not know it, or the folder is no repository
 */
export async function knownCommit(revision: string, repository: string): Promise<string> {
  const git = async (...args: string[]): Promise<string> =>
    (await run("git", ["rev-parse", ...args], { cwd: repository })).stdout.trim();
  // A revision that begins with a dash would be taken for an option.
  return git("--verify", "--quiet", "--end-of-options", `${revision}^{commit}`).catch(async () => {
    const expected = `Expected a commit to compare with, but`;
    const none = await git("--git-dir").then(
      () => false,
      () => true,
    );
    throw new UserError(
      none
        ? `${expected} this folder is no git repository: clone it instead of copying its files.`
        : `${expected} git knows no ${JSON.stringify(revision)} here. Fetch it, or name another with --base.`,
    );
  });
}
