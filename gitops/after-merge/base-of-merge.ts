import { z } from "zod";
import type { Github } from "../github/client";
import { githubEvent } from "../github/context";
import type { History } from "./history";
import { isBroughtBy, type MergedPull } from "./merged-pull";

const pushSchema = z.looseObject({ before: z.string().regex(/^(?!0{40})[0-9a-f]{40}$/), after: z.string() });

/**
 * The commit of main before a merge: as the push says, else the first parent. A rebase leaves a row of commits, all of which
 * are the pull request's.
 */
export async function baseOfMerge(
  github: Github,
  history: History,
  commit: string,
  pull: MergedPull | undefined,
): Promise<string> {
  if (github.context.eventPath !== undefined) {
    const push = pushSchema.safeParse(githubEvent(github.context));
    if (push.success && push.data.after === commit) return push.data.before;
  }
  let [base = "", ...others] = await history.parents(commit);
  for (let left = (pull?.commits ?? 1) - 1; left > 0 && others.length === 0; left--) {
    if (!pull || !(await isBroughtBy(github, base, pull.number))) break;
    [base = "", ...others] = await history.parents(base);
  }
  return base;
}
