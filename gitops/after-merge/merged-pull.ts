import type { Github } from "../github/client";
import { mainBranch } from "../repository/wanted";

/** The pull request that a commit on main came from. */
export interface MergedPull {
  readonly number: number;
  /** Its last commit, as it was merged. */
  readonly head: string;
  /** How many commits it had. */
  readonly commits: number;
  /** GitHub names. A bot can't be assigned to anything, so it counts as nobody. */
  readonly author: string | undefined;
  /** Its GitHub name, a bot's, too. */
  readonly openedBy: string;
  /** Instant in ISO 8601. */
  readonly mergedAt: string | undefined;
  readonly mergedBy: string | undefined;
}

/**
 * Finds the pull request whose merge, squash or rebase ended with this commit.
 * @returns undefined for a commit that was pushed to main
 */
export async function mergedPull(github: Github, commit: string): Promise<MergedPull | undefined> {
  const { rest, at } = github;
  const found = (await pullsOf(github, commit)).find((pull) => pull.merge_commit_sha === commit);
  if (!found) return undefined;
  // Only this answer says who merged it.
  const { data } = await rest.pulls.get({ ...at, pull_number: found.number });
  return {
    number: data.number,
    head: data.head.sha,
    commits: data.commits,
    author: data.user.type === "Bot" ? undefined : data.user.login,
    openedBy: data.user.login,
    mergedAt: data.merged_at ?? undefined,
    mergedBy: data.merged_by?.login,
  };
}

/** Whether a commit on main was brought by that pull request, be it not its last. */
export const isBroughtBy = async (github: Github, commit: string, pullRequest: number): Promise<boolean> =>
  (await pullsOf(github, commit)).some(({ number }) => number === pullRequest);

async function pullsOf({ rest, paginate, at }: Github, commit: string) {
  const parameters = { ...at, commit_sha: commit, per_page: 100 };
  const pulls = await paginate(rest.repos.listPullRequestsAssociatedWithCommit, parameters);
  return pulls.filter(({ merged_at, base }) => merged_at !== null && base.ref === mainBranch);
}
