import type { Github } from "../github/client";
import { GithubError, orMissing } from "../github/github-error";

export interface BranchFile {
  readonly branch: string;
  readonly path: string;
  readonly content: string;
  readonly message: string;
  /** The branch's own commits stay and it gets one more; else it begins anew at `from`. */
  readonly keep: boolean;
  /** Branch it begins at. */
  readonly from: string;
}

/** Commits one file to a branch, through GitHub's git database: the job's checkout has no right to push. */
export async function writeBranch({ rest, at }: Github, file: BranchFile): Promise<void> {
  const { branch, path, content, message, keep, from } = file;
  const shaOf = async (name: string) => (await orMissing(rest.git.getRef({ ...at, ref: `heads/${name}` })))?.data;
  const own = await shaOf(branch);
  const begin = keep && own ? own : await shaOf(from);
  if (!begin) throw new GithubError(404, `GitHub has no branch ${from} for ${branch} to begin at.`);
  const { data: commit } = await rest.git.getCommit({ ...at, commit_sha: begin.object.sha });
  const { data: tree } = await rest.git.createTree({
    ...at,
    base_tree: commit.tree.sha,
    tree: [{ path, mode: "100644", type: "blob", content }],
  });
  const { data: made } = await rest.git.createCommit({ ...at, message, tree: tree.sha, parents: [begin.object.sha] });
  const move = () => rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha: made.sha, force: !keep });
  if (own) await move();
  else {
    try {
      await rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: made.sha });
    } catch (error) {
      // Made by the first of two tries, of which only the second was answered.
      if (!(error instanceof GithubError && error.status === 422)) throw error;
      await move();
    }
  }
}
