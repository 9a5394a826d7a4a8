import { hasHadItsTurn, openApplyRuns } from "../github/apply-runs";
import type { Github } from "../github/client";
import { UserError } from "../user-error";
import type { History } from "./history";

/**
 * Sees to it that merges reach an environment in the order in which they came to main. GitHub's queue has one run at a time, but vouches
 * for no order ("ordering is not guaranteed", GitHub Docs, "Control the concurrency of workflows and jobs"), and does not say whether a job
 * that waits for an approval holds its place. An earlier merge that somebody has started again has lost its place: laterApplies() is for it.
 * @throws UserError when an earlier merge is still to come; nothing is changed then
 */
export async function inOrder(
  github: Github,
  history: History,
  { merge, environment, now }: { readonly merge: string; readonly environment: string; readonly now: Date },
): Promise<void> {
  const open = (await openApplyRuns(github, now)).filter(({ attempt }) => attempt === 1);
  if (open.length === 0) return;
  const earlier = new Set(await history.before(merge));
  const toCome: string[] = [];
  for (const run of open) {
    if (!earlier.has(run.commit) || (await hasHadItsTurn(github, run, environment))) continue;
    toCome.push(`${run.commit.slice(0, 12)} (${run.url})`);
  }
  if (toCome.length === 0) return;
  throw new UserError(
    `${environment}: merges are applied in their order, and before ${merge.slice(0, 12)} comes ${toCome.join(", ")}, which waits or runs still. ` +
      "Nothing was changed. Once that is approved and applied, or rejected, run this job again.",
  );
}
