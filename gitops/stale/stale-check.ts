import { checkOf, type SetCheck, setCheck } from "../github/check-run";
import type { Github } from "../github/client";
import type { ReviewManifest } from "../review/manifest";
import { isOfLaterRun, planCheckName } from "../review/seen-run";

const title = "Stale: planned again";
const mark = "stale ";

/**
 * Fails the check of a plan that no longer fits the states. One that speaks of a newer run stays: what that has planned was told in
 * between, and people would take its plan for a stale one.
 */
export async function setStale(
  github: Github,
  { head, environment, run }: ReviewManifest,
  reasons: readonly string[],
): Promise<void> {
  const name = planCheckName(environment);
  const check = await checkOf(github, head, name);
  if (check && isOfLaterRun(check, run)) return;
  // The identity holds the reasons: GitHub's own copy of the summary is not to be relied on.
  const externalId = `${mark}${reasons.join("; ")}`.slice(0, 200);
  if (check && isStale(check) && check.externalId === externalId) return;
  const summary = reasons.map((reason) => `${reason}.`).join("\n");
  await setCheck(github, { name, head, passed: false, title, summary, externalId });
}

/** Whether a check says that its plan is stale. */
export const isStale = ({ passed, title: told, externalId }: SetCheck): boolean =>
  !passed && told === title && externalId.startsWith(mark);

/** What a check of a stale plan gives as reasons. */
export const reasonsIn = ({ summary }: SetCheck): string[] =>
  summary.split("\n").map((line) => line.replace(/\.$/, ""));
