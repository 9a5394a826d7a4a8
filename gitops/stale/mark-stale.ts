import { newestReview } from "../after-merge/newest-review";
import { tellStatus } from "../after-merge/status-comment";
import { plain } from "../comment/markdown";
import { checkOf, setCheck } from "../github/check-run";
import type { Github } from "../github/client";
import { GithubError } from "../github/github-error";
import { redactor } from "../redact/redact-text";
import type { ReviewManifest } from "../review/manifest";
import type { PlanStore } from "../review/plan-store";
import { planCheckName, seenRun } from "../review/seen-run";
import { messageOf } from "../user-error";
import { markExpired } from "./expired-plan";
import { planAgain } from "./plan-again";
import type { StalePull } from "./stale-pull";
import type { WhyMoved } from "./state-facts";

const title = "Stale: planned again";

/**
 * Looks at the plans of all open pull requests, and marks those that no longer fit the states: their check fails with the reason,
 * their comment says so, and their plan is made again. Marking twice changes nothing.
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
  const { pullRequest, head, environment, run } = manifest;
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
  // First, for a run that has not ended yet would say over the check that the plan is current.
  let shown = false;
  await attempt(async () => {
    shown = (await checkOf(github, head, name))?.externalId === seenRun(run);
  });
  const again = await planAgain(github, run, { shown, wait });
  await attempt(async () => {
    const check = await checkOf(github, head, name);
    const summary = reasons.map((reason) => `${reason}.`).join("\n");
    // The identity holds the reasons: the summary itself is not read again.
    const externalId = `stale ${reasons.join("; ")}`.slice(0, 200);
    if (check && !check.passed && check.title === title && check.externalId === externalId) return;
    await setCheck(github, { name, head, passed: false, title, summary, externalId });
  });
  const redact = redactor(process.env);
  const lines = reasons.map((reason) => `- ${plain(redact(reason))}`);
  const words = "**the plan below is stale**, and is made again";
  await attempt(() => tellStatus(github, pullRequest, { environment, words, lines }, { make: false }));
  return { again, faults };
}
