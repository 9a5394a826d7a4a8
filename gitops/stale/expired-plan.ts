import { checkOf, setCheck } from "../github/check-run";
import type { Github } from "../github/client";
import { GithubError } from "../github/github-error";
import { planCheckName } from "../review/seen-run";
import { messageOf } from "../user-error";
import type { StalePull } from "./stale-pull";

const title = "Expired: push to have it planned";
const reason = "its plans are no longer kept";

/**
 * A pull request that has waited so long that the bucket has dropped its plans, which are told as current still: its merge would find
 * nothing that was reviewed. GitHub does not start a run of that age again either.
 * @returns nothing when its check fails already, or speaks of no change
 */
export async function markExpired(
  github: Github,
  { pullRequest, head, environment }: { pullRequest: number; head: string; environment: string },
): Promise<StalePull | undefined> {
  const name = planCheckName(environment);
  const expired = { pullRequest, reasons: [reason], again: { refused: reason } };
  try {
    const check = await checkOf(github, head, name);
    // What the job that comments has set, and where it tells of changes.
    if (!check?.passed || !check.externalId.startsWith("run ") || !/[1-9]\d* to \w+/.test(check.title))
      return undefined;
    const summary =
      "The plans of this pull request are no longer kept, so that its merge would apply nothing. Push to it to have it planned.";
    await setCheck(github, { name, head, passed: false, title, summary, externalId: "expired" });
    return { ...expired, faults: [] };
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return { ...expired, faults: [messageOf(error)] };
  }
}
