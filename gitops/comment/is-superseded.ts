import type { Github } from "../github/client";

/**
 * Whether a plan is no longer for a run to tell: the pull request has moved on, and its newer commit has a run of its own; or it is closed.
 * After a merge its comment belongs to the applies, which follow one another, and its checks say which run people have seen.
 */
export const isSuperseded = (pull: { readonly state: string; readonly head: { readonly sha: string } }, head: string) =>
  pull.head.sha !== head || pull.state === "closed";

/** {@link isSuperseded}, asked again: what comes before the comment may have waited for GitHub for minutes. */
export async function isSupersededNow({ rest, at }: Github, pullRequest: number, head: string): Promise<boolean> {
  const { data } = await rest.pulls.get({ ...at, pull_number: pullRequest });
  return isSuperseded(data, head);
}
