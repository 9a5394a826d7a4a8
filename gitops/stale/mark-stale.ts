import { newestReview } from "../after-merge/newest-review";
import { checkOf } from "../github/check-run";
import type { Github } from "../github/client";
import { GithubError } from "../github/github-error";
import type { ReviewManifest } from "../review/manifest";
import type { PlanStore } from "../review/plan-store";
import { planCheckName, seenRun } from "../review/seen-run";
import { messageOf } from "../user-error";
import { markExpired } from "./expired-plan";
import { planAgain } from "./plan-again";
import { setStale } from "./stale-check";
import type { StalePull } from "./stale-pull";
import type { WhyMoved } from "./state-facts";

/**
 * Looks at the plans of all open pull requests, and marks those that no longer fit the states: their check fails with the reason, and
 * their plan is made again, which says so in their comment: tellStale(). Marking twice changes nothing.
 */
export async function markStale(
  github: Github,
  options: {
    readonly environment: string;
    readonly plans: PlanStore;
    readonly whyMoved: WhyMoved;
    /** How a pause is spent; tests don't. */
    readonly wait?: (milliseconds: number) => Promise<unknown>;
  },
): Promise<StalePull[]> {
  const { environment, plans, whyMoved, wait } = options;
  const { rest, paginate, at } = github;
  const home = `${at.owner}/${at.repo}`.toLowerCase();
  const pulls = await paginate(rest.pulls.list, { ...at, state: "open", per_page: 100 });
  const marked: StalePull[] = [];
  for (const { number, head } of pulls) {
    // Forks get no plan.
    if (head.repo?.full_name.toLowerCase() !== home) continue;
    const review = newestReview(await plans.manifests(number, head.sha), environment);
    const [first] = review;
    if (first === undefined) {
      const expired = await markExpired(github, { pullRequest: number, head: head.sha, environment });
      if (expired) marked.push(expired);
      continue;
    }
    const reasons = await reasonsOf(review, whyMoved);
    marked.push(
      reasons.length === 0
        ? { pullRequest: number, reasons, faults: [] }
        : { pullRequest: number, reasons, ...(await mark(github, first, reasons, wait)) },
    );
  }
  return marked;
}

async function reasonsOf(review: readonly ReviewManifest[], whyMoved: WhyMoved): Promise<string[]> {
  const reasons: string[] = [];
  for (const { stack, binding } of review) {
    const why = await whyMoved(stack, binding);
    if (why !== undefined) reasons.push(`${stack}: ${why}`);
  }
  return reasons.sort();
}

async function mark(
  github: Github,
  manifest: ReviewManifest,
  reasons: readonly string[],
  wait: ((milliseconds: number) => Promise<unknown>) | undefined,
) {
  const { head, environment, run } = manifest;
  const name = planCheckName(environment);
  const faults: string[] = [];
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof GithubError)) throw error;
      faults.push(messageOf(error));
    }
  };
  let shown = false;
  await attempt(async () => {
    shown = (await checkOf(github, head, name))?.externalId === seenRun(run);
  });
  let told = false;
  const tell = async (): Promise<void> => {
    if (told) return;
    told = true;
    await attempt(() => setStale(github, manifest, reasons));
  };
  // Not before, for a run that has not ended yet would say over the check that the plan is current; but before it begins anew, for then
  // it says in the comment what the check says.
  const again = await planAgain(github, run, { shown, wait, beforeStart: tell });
  await tell();
  return { again, faults };
}
