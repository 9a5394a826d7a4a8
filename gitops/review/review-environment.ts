import { rmSync } from "node:fs";
import type { Changed } from "../changed/changed";
import type { RemovedStack } from "../changed/compare-outputs";
import type { Context } from "../options";
import { planContext } from "../plan-environment";
import type { StackPlan } from "../plan-stack";
import type { SettingChange } from "../settings-diff/setting-change";
import type { Stack } from "../terraform/manifest";
import { lockFileOf } from "../terraform/workspace";
import type { ReviewManifest } from "./manifest";
import type { PlanStore } from "./plan-store";
import { leftBehind } from "./removed-stack";
import type { ReviewedStack, ReviewResult } from "./result";

/** What is reviewed: a pull request's commit, merged into its base. */
export type Reviewed = Pick<ReviewManifest, "pullRequest" | "head" | "base" | "mergeTree" | "run">;

export interface ReviewOptions {
  readonly reviewed: Reviewed;
  /** Undefined: every stack counts as changed. */
  readonly changed: Changed | undefined;
  /** Of the stacks that are removed, those to destroy: {@link findRemoved} */
  readonly findRemoved: (removed: readonly RemovedStack[]) => Promise<readonly Stack[]>;
  readonly settings: readonly SettingChange[];
  readonly store: PlanStore;
  readonly now: () => Date;
}

/**
 * Plans what a pull request changes in an environment, keeps the plans in the store and nowhere else, and tells what it
 * found in a form that people and other jobs may see.
 * @param context - opened for all stacks of the environment
 */
export async function reviewEnvironment(context: Context, options: ReviewOptions): Promise<ReviewResult> {
  const { reviewed, changed, settings } = options;
  const because = new Map<string, ReviewedStack["because"]>(
    changed === undefined
      ? context.allStacks.map(({ name }) => [name, "all"])
      : changed.stacks.map(({ stack, because: why }) => [stack, why]),
  );
  const stacks = context.allStacks.filter(({ name }) => because.has(name));
  const removed = (changed?.removed ?? []).filter(({ environment }) => environment === context.environment);
  const left = await leftBehind(removed, reviewed.base, context.readState);
  const destroyed = removed.length > 0 ? await options.findRemoved(removed) : [];
  for (const { name } of destroyed) because.set(name, "removed");
  const plans = await planContext({ ...context, stacks: [...stacks, ...destroyed] });
  const from = new Map(destroyed.map((stack) => [stack.name, stack.removed?.from]));
  for (const plan of plans) await keep(plan, from.get(plan.stack), context, options);
  return {
    version: 1,
    environment: context.environment,
    ...reviewed,
    settings,
    stacks: plans.map((plan) => withoutFiles(plan, because.get(plan.stack) ?? "all")),
    unchanged: context.allStacks.flatMap(({ name }) => (because.has(name) ? [] : [name])),
    ...(left.length > 0 && { leftBehind: left }),
    ...(changed?.allBecause !== undefined && { plannedAllBecause: changed.allBecause }),
  };
}

async function keep(
  plan: StackPlan,
  removedFrom: string | undefined,
  context: Context,
  { reviewed, store, now }: ReviewOptions,
): Promise<void> {
  const { outcome, binding, files, changesSha256, changes, gates, environment, stack } = plan;
  if (!binding || !files || !changesSha256 || (outcome !== "changes" && outcome !== "no-changes")) return;
  try {
    const { pullRequest, head, base, mergeTree, run } = reviewed;
    const manifest: ReviewManifest = {
      version: 1,
      ...{ pullRequest, head, base, mergeTree, run },
      ...{ environment, stack, outcome, binding, changesSha256 },
      ...(removedFrom !== undefined && { removedFrom }),
      counts: { ...changes.counts },
      gates: [...gates],
      createdAt: now().toISOString(),
    };
    await store.put(manifest, { plan: files.plan, lock: lockFileOf(context.workFolder, stack) });
  } finally {
    // They hold values in clear.
    for (const file of Object.values(files)) rmSync(file, { force: true });
  }
}

function withoutFiles({ files: _, binding: __, ...plan }: StackPlan, because: ReviewedStack["because"]): ReviewedStack {
  return { because, plan };
}
