import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewText } from "../../gitops/comment/comment-on-review";
import { verdictOf } from "../../gitops/comment/verdict";
import { gatesOf } from "../../gitops/gates/gates";
import { secretRemover } from "../../gitops/redact/redact-text";
import { redactValues } from "../../gitops/redact/redact-values";
import { changesHash } from "../../gitops/review/changes-hash";
import type { ReviewResult } from "../../gitops/review/result";
import { parsePlan } from "../../gitops/terraform/plan-json";
import { changesOf } from "../../gitops/terraform/show";
import { median } from "../median";
import { largePlan } from "./large-plan";

/** One run of `npm run bench -- comment`. Times are medians of its rounds, in seconds. */
export interface CommentBench {
  /** From the text of `terraform show -json` to the texts of the comment and of the job's summary. */
  readonly seconds: number;
  /** Its parts: what the plan's job makes of it, and what the comment's job makes of that. */
  readonly readSeconds: number;
  readonly renderSeconds: number;
  /** Of the first round, before code is compiled: what a job sees. */
  readonly firstSeconds: number;
  readonly changes: number;
  /** Megabytes of the plan's JSON. */
  readonly planMegabytes: number;
  readonly characters: number;
  readonly summaryCharacters: number;
  readonly rounds: number;
}

/** @throws Error when a planted secret is in a text, or the comment is too long for GitHub */
export async function benchComment(
  changes: number,
  rounds: number,
  progress: (message: string) => void,
): Promise<CommentBench> {
  const folder = await mkdtemp(join(tmpdir(), "darkroom-bench-"));
  try {
    progress(`Making a plan of ${changes.toLocaleString("en")} changes`);
    const text = await largePlan(folder, changes);
    progress(`${(text.length / 1e6).toFixed(0)} MB of JSON`);
    const times: { readonly read: number; readonly render: number }[] = [];
    let comment = "";
    let summary = "";
    let counted = 0;
    for (let round = 1; round <= rounds; round++) {
      const started = performance.now();
      const result = resultOf(text);
      const read = performance.now();
      const verdict = verdictOf([result]);
      comment = reviewText([result], verdict, undefined);
      summary = reviewText([result], verdict, undefined, { maxCharacters: 500_000 });
      times.push({ read: (read - started) / 1000, render: (performance.now() - read) / 1000 });
      counted = result.stacks.reduce((total, { plan }) => total + plan.changes.resources.length, 0);
      progress(
        `Round ${round} of ${rounds}: ${(times.at(-1)?.read ?? 0).toFixed(2)} s + ${(times.at(-1)?.render ?? 0).toFixed(2)} s`,
      );
    }
    if (comment.length > 65_536) throw new Error(`The comment has ${comment.length} characters; GitHub takes 65,536.`);
    if (/hunter2/.test(comment + summary)) throw new Error("A planted password is in the text.");
    const rounded = (value: number): number => Math.round(value * 1000) / 1000;
    const [first = { read: Number.NaN, render: Number.NaN }] = times;
    return {
      seconds: rounded(median(times.map(({ read, render }) => read + render))),
      readSeconds: rounded(median(times.map(({ read }) => read))),
      renderSeconds: rounded(median(times.map(({ render }) => render))),
      firstSeconds: rounded(first.read + first.render),
      changes: counted,
      planMegabytes: rounded(text.length / 1e6),
      characters: comment.length,
      summaryCharacters: summary.length,
      rounds,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the job of an environment leaves of a plan: as `plan --review --result` does. */
function resultOf(text: string): ReviewResult {
  const plan = parsePlan(text);
  const changes = changesOf(plan);
  const result: ReviewResult = {
    version: 1,
    environment: "prod",
    pullRequest: 7,
    head: "1".repeat(40),
    base: "2".repeat(40),
    mergeTree: "3".repeat(40),
    run: { id: "1", attempt: 1 },
    settings: [],
    stacks: [
      {
        because: "configuration",
        plan: {
          stack: "prod-data",
          environment: "prod",
          outcome: "changes",
          changes,
          changesSha256: changesHash(plan),
          gates: gatesOf(plan),
          waitsFor: [],
          mayChangeAfter: [],
          seconds: 0,
        },
      },
    ],
    unchanged: [],
  };
  return JSON.parse(JSON.stringify(redactValues(result, secretRemover({})))) as ReviewResult;
}
