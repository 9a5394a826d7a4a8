import { appendFileSync } from "node:fs";
import { approvalOf } from "../gates/approval";
import { ensureApprovalLabel } from "../gates/approval-labels";
import { type GateState, setGate } from "../gates/gate-check";
import { setCheck } from "../github/check-run";
import type { Github } from "../github/client";
import { runUrl } from "../github/run-url";
import { stickyComment } from "../github/sticky-comment";
import { redactor, secretRemover } from "../redact/redact-text";
import { redactValues } from "../redact/redact-values";
import type { LeftBehind } from "../review/removed-stack";
import type { ReviewResult } from "../review/result";
import { planCheckName, seenRun } from "../review/seen-run";
import { autoMergeRefused } from "./auto-merge";
import { isSuperseded, isSupersededNow } from "./is-superseded";
import { renderReview } from "./render-review";
import { planMarker, withStatusBlock } from "./status-block";
import { sum, type Verdict, verdictOf } from "./verdict";

/** A job's summary takes 1 MiB; letters may take more than one byte. */
const maxSummaryCharacters = 500_000;

/** What became of it. */
export interface ReviewComment {
  /** superseded: isSuperseded() */
  readonly outcome: "made" | "edited" | "same" | "superseded";
  readonly verdict: Verdict;
  readonly text: string;
}

/** Writes the one comment of a pull request, sets its checks and its gate, and takes auto-merge from bots. */
export async function commentOnReview(
  github: Github,
  pullRequest: number,
  head: string,
  results: readonly ReviewResult[],
): Promise<ReviewComment> {
  const { rest, at } = github;
  const { data: pull } = await rest.pulls.get({ ...at, pull_number: pullRequest });
  if (isSuperseded(pull, head)) return { outcome: "superseded", verdict: verdictOf(results), text: "" };
  // Before any check passes, for the last one that does merges.
  const automatic = pull.user.type === "Bot" && verdictOf(results).kind !== "nothing" && pull.auto_merge !== null;
  const refused = automatic ? await autoMergeRefused(github, pullRequest, pull.node_id) : undefined;
  const approval = approvalOf(results);
  if (approval !== undefined) await ensureApprovalLabel(github, approval);
  const author = pull.user.login;
  const gate = await setGate(github, { number: pullRequest, head, base: pull.base.ref, author }, approval);
  for (const result of results) await setPlanCheck(github, head, result);
  const verdict = verdictOf(results, gate.open);
  const summaryUrl = runUrl(github.context);
  const text = reviewText(results, verdict, gate, summaryUrl === undefined ? {} : { summaryUrl });
  const { stepSummary } = github.context;
  if (stepSummary !== undefined) {
    appendFileSync(stepSummary, reviewText(results, verdict, gate, { maxCharacters: maxSummaryCharacters }));
  }
  // Whoever takes unused labels away may have looked before the gate asked for it.
  if (approval !== undefined) await ensureApprovalLabel(github, approval);
  if (await isSupersededNow(github, pullRequest, head)) return { outcome: "superseded", verdict, text };
  const outcome = await stickyComment(github, { issue: pullRequest, marker: planMarker, body: withStatusBlock(text) });
  if (refused) throw refused;
  return { outcome, verdict, text };
}

/** The comment's text; also what a dry run shows. */
export function reviewText(
  results: readonly ReviewResult[],
  verdict: Verdict,
  gate: GateState | undefined,
  options: { readonly maxCharacters?: number; readonly summaryUrl?: string } = {},
): string {
  // Before marks of Markdown come between the parts of a secret, and once more what they did not.
  const [remove, redact] = [secretRemover(process.env), redactor(process.env)];
  const [safe, safeVerdict] = [redactValues(results, remove), redactValues(verdict, remove)];
  return redact(renderReview(safe, safeVerdict, { ...options, gate }).text);
}

/** Says whether the environment's plan is there and current; stale plans turn it over later. */
async function setPlanCheck(github: Github, head: string, result: ReviewResult): Promise<void> {
  const { environment, stacks, error, leftBehind = [], run } = result;
  const failed = stacks.filter(({ plan }) => plan.outcome === "failed").map(({ plan }) => plan.stack);
  const { add, change, destroy, replace } = sum(stacks.map(({ plan }) => plan.changes.counts));
  const title =
    error !== undefined || failed.length > 0
      ? "Could not be planned"
      : leftBehind.length > 0
        ? "Resources of removed stacks would stay"
        : `${add} to add, ${change} to change, ${replace} to replace, ${destroy} to destroy`;
  await setCheck(github, {
    name: planCheckName(environment),
    head,
    passed: error === undefined && failed.length === 0 && leftBehind.length === 0,
    title,
    summary: error ?? summaryOf(failed, leftBehind),
    externalId: seenRun(run),
  });
}

function summaryOf(failed: readonly string[], leftBehind: readonly LeftBehind[]): string {
  const left = leftBehind.map(({ words }) => words);
  const told = failed.length > 0 ? [`Not planned: ${failed.join(", ")}.`, ...left] : left;
  return told.length > 0 ? told.join("\n\n") : "The plan is current.";
}
