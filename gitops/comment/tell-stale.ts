import { tellStatus } from "../after-merge/status-comment";
import { checkOf } from "../github/check-run";
import type { Github } from "../github/client";
import { planCheckName } from "../review/seen-run";
import { isStale, reasonsIn } from "../stale/stale-check";
import { isSuperseded } from "./is-superseded";
import { plain } from "./markdown";

/** What became of it. */
export type StaleTold = "edited" | "same" | "none" | "superseded";

/**
 * Says in the one comment of a pull request which of its plans are stale, as their checks say it, while they are made again. It is the run
 * that makes them who says it, and not the apply that found it out: only its jobs take turns with all others that write the comment, so that
 * no older text comes over a newer one.
 */
export async function tellStale(
  github: Github,
  pullRequest: number,
  head: string,
  environments: readonly string[],
): Promise<StaleTold> {
  const { rest, at } = github;
  const { data: pull } = await rest.pulls.get({ ...at, pull_number: pullRequest });
  if (isSuperseded(pull, head)) return "superseded";
  const words = "**the plan below is stale**, and is made again";
  const told: StaleTold[] = [];
  for (const environment of environments) {
    const check = await checkOf(github, head, planCheckName(environment));
    if (check === undefined || !isStale(check)) continue;
    const lines = reasonsIn(check).map((reason) => `- ${plain(reason)}`);
    const outcome = await tellStatus(github, pullRequest, { environment, words, lines }, { make: false });
    told.push(outcome === "made" ? "edited" : outcome);
  }
  return told.find((outcome) => outcome === "edited") ?? told[0] ?? "none";
}
