import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { applyMerge, type MergeApplyOptions } from "../../../gitops/after-merge/apply-merge";
import type { History } from "../../../gitops/after-merge/history";
import { emptyApply } from "../../../gitops/apply-stack";
import { githubClient } from "../../../gitops/github/client";
import { redactor } from "../../../gitops/redact/redact-text";
import type { ReviewManifest } from "../../../gitops/review/manifest";
import { PlanStore } from "../../../gitops/review/plan-store";
import type { EnvironmentApply, ReviewedEnvironment } from "../../../gitops/reviewed/apply-reviewed-environment";
import { FolderStore } from "../../../gitops/store/folder-store";
import type { Stack } from "../../../gitops/terraform/manifest";
import { write } from "../../support/folders";
import type { LocalGithub } from "../../support/github/github";
import { emptyRepository, type Pull } from "../../support/github/repository";

export const commitOf = (digit: string): string => digit.repeat(40);
/** main before the merge, the merge, and the pull request's own commit. */
export const [before, merge, head] = [commitOf("b"), commitOf("c"), commitOf("1")];
const hash = "5".repeat(64);

/** Main with one commit before the merge, and none after it. */
export const oneCommit: History = {
  parents: async () => [before],
  before: async () => [before],
  after: async () => [],
};

export const manifest = (stack: string, more: Partial<ReviewManifest> = {}): ReviewManifest => ({
  version: 1,
  pullRequest: 12,
  head,
  base: before,
  mergeTree: commitOf("3"),
  environment: "prod",
  stack,
  outcome: "changes",
  binding: {
    backend: "s3",
    endpoint: "aws",
    terraform: "Terraform 1.11.4",
    configSha256: hash,
    lockSha256: hash,
    state: { lineage: "l", serial: 41 },
    upstream: [],
    planSha256: hash,
  },
  changesSha256: hash,
  counts: { add: 1, change: 2, destroy: 0, replace: 0 },
  gates: [],
  run: { id: "70", attempt: 1 },
  createdAt: "2026-11-24T10:00:00.000Z",
  ...more,
});

export const stack = (layer: string, dependencies: string[] = []): Stack => ({
  name: `prod-${layer}`,
  environment: "prod",
  layer,
  folder: `/nowhere/prod-${layer}`,
  dependencies: dependencies.map((name) => `prod-${name}`),
});
export const stacks = [
  stack("bootstrap"),
  stack("network", ["bootstrap"]),
  stack("data", ["bootstrap"]),
  stack("compute", ["bootstrap", "data"]),
];

/** As applyReviewedEnvironment() tells it. */
export const result = (name: string, more: Partial<EnvironmentApply> = {}): EnvironmentApply => ({
  ...emptyApply({ ...stack("x"), name }),
  outcome: "applied",
  used: "reviewed",
  applied: { add: 1, change: 2, destroy: 0 },
  started: true,
  serialBefore: 41,
  serialAfter: 42,
  ...more,
});

export const mergedPull = (more: Partial<Pull> = {}): Pull => ({
  number: 12,
  state: "closed",
  head: { sha: head, ref: "b", repo: { full_name: "image-platform/darkroom" } },
  base: { sha: before, ref: "main" },
  user: { login: "author", type: "User" },
  merged_at: "2026-11-24T11:00:00Z",
  merge_commit_sha: merge,
  merged_by: { login: "merger" },
  brought: [merge],
  ...more,
});

export async function keep(place: string, manifests: readonly ReviewManifest[]): Promise<void> {
  mkdirSync(place, { recursive: true });
  const plan = write(join(place, "plan"), "p");
  for (const each of manifests) await new PlanStore(new FolderStore(place)).put(each, { plan, lock: plan });
}

/** A GitHub with the merged pull request 12, whose gate was passed. */
export function resetGithub(github: LocalGithub): void {
  Object.assign(github.repository, emptyRepository());
  const { repository } = github;
  repository.pulls.push(mergedPull());
  repository.git.trees.set("t", new Map([["main.ts", ""]]));
  repository.git.commits.set(merge, { tree: "t", parents: [before], message: "merge" });
  repository.git.branches.set("main", merge);
  repository.runs.push({
    ...{ id: 80, path: ".github/workflows/apply.yml", event: "push", status: "in_progress", conclusion: null },
    ...{ head_sha: merge, created_at: "", head_repository: null, artifacts: [], approvals: [] },
  });
  for (const id of [70, 71]) {
    repository.runs.push({
      ...{ id, path: ".github/workflows/plan.yml", event: "pull_request", status: "completed", conclusion: "success" },
      ...{ head_sha: head, created_at: "", artifacts: [], run_attempt: 2 },
      head_repository: { full_name: "image-platform/darkroom" },
    });
  }
  repository.checks.push({
    ...{ id: 1, name: "gate", head_sha: head, conclusion: "success", external_id: "" },
    output: { title: "Nothing is held", summary: "" },
    app: { slug: "github-actions" },
  });
  github.heal();
  github.calls.length = 0;
}

/** Applies the merge with what is asked for; notes what the stacks' apply was told. */
export async function apply(github: LocalGithub, place: string, more: ApplyMore = {}) {
  const asked: ReviewedEnvironment[] = [];
  const bases: string[] = [];
  const { results = [], changed = [], throws, attempt = 1, summary, eventPath, ...rest } = more;
  const context = github.context({
    run: { id: 80, attempt },
    actor: "pusher",
    ...(summary && { stepSummary: summary }),
    ...(eventPath && { eventPath }),
  });
  const ended = applyMerge({
    github: githubClient(context, { wait: async () => {} }),
    store: new FolderStore(place),
    environment: "prod",
    merge,
    stacks,
    history: oneCommit,
    changedSince: async (base) => {
      bases.push(base);
      const found = changed.map((name) => ({ environment: name.split("-")[0] ?? "", stack: name }));
      return { base, stacks: found.map((one) => ({ ...one, because: "configuration" as const })) };
    },
    settingsSince: async () => [],
    findRemoved: async () => [],
    apply: async (reviewed) => {
      asked.push(reviewed);
      if (throws) throw throws;
      return [...results];
    },
    redact: redactor({ A_TOKEN: "token-of-a-test" }),
    now: () => new Date("2026-11-24T12:00:00Z"),
    progress: () => {},
    ...rest,
  });
  const told = await ended.then(
    (value) => ({ value, error: undefined }),
    (error: unknown) => ({ value: undefined, error: error as Error }),
  );
  return { ...told, asked, bases };
}

export interface ApplyMore extends Partial<MergeApplyOptions> {
  readonly results?: readonly EnvironmentApply[];
  readonly changed?: readonly string[];
  readonly throws?: Error;
  readonly attempt?: number;
  readonly summary?: string;
  readonly eventPath?: string;
}
