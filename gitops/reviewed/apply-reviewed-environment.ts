import { emptyApply } from "../apply-stack";
import type { Context } from "../options";
import type { ReviewManifest } from "../review/manifest";
import type { PlanStore } from "../review/plan-store";
import { readConfiguration } from "../terraform/configuration";
import { runInOrder } from "../terraform/graph";
import type { Stack } from "../terraform/manifest";
import { applyReviewedStack, type Reviewed, type ReviewedApply } from "./apply-reviewed-stack";

/** How a stack ended, with the serial of its state before and after; null where there was no state. */
export interface EnvironmentApply extends ReviewedApply {
  readonly serialBefore: number | null;
  readonly serialAfter: number | null;
}

/** What a merge may apply to an environment. */
export interface ReviewedEnvironment {
  /** Of the commit that was merged, the newest review only. */
  readonly manifests: readonly ReviewManifest[];
  /** Stacks whose synthesized configuration the merge changes, or that it removes. */
  readonly changed: readonly string[];
  /** All of the environment, and those to destroy: withRemoved(). @default those of the context */
  readonly stacks?: readonly Stack[];
  readonly store: PlanStore;
}

/**
 * Applies what was reviewed, each stack after those it depends on; what depends on a stack that was not applied as
 * reviewed is left untouched. Removed stacks are destroyed before what they stood on changes. Stacks that the merge changes or removes
 * but nobody reviewed are planned, and refused unless there is nothing to do.
 * @param context - opened for all stacks of the environment
 */
export async function applyReviewedEnvironment(
  context: Context,
  { manifests, changed, stacks: all = context.allStacks, store }: ReviewedEnvironment,
): Promise<EnvironmentApply[]> {
  const unreviewed: Reviewed = { missing: "no plan of it was reviewed" };
  const reviewed = new Map<string, Reviewed>(changed.map((stack) => [stack, unreviewed]));
  const destroyed = new Set(all.filter(({ removed }) => removed !== undefined).map(({ name }) => name));
  for (const manifest of manifests) {
    if ((manifest.removedFrom !== undefined) !== destroyed.has(manifest.stack)) {
      reviewed.set(manifest.stack, { missing: `what was reviewed ${removalWords(manifest)}` });
      continue;
    }
    // A kept plan brings its own configuration along, which nobody has read where the merge changes none.
    const anew = changed.includes(manifest.stack) ? undefined : "the merge does not change its configuration";
    reviewed.set(manifest.stack, { manifest, anew });
  }
  const stacks = all.filter(({ name }) => reviewed.has(name));
  return runInOrder(stacks, {
    concurrency: context.concurrency,
    work: async (stack) => {
      const serialBefore = await serialOf(context, stack);
      const applied = await applyReviewedStack(context, stack, reviewed.get(stack.name) ?? unreviewed, store);
      context.progress({ stack: stack.name, step: "done", message: applied.outcome });
      const result = { ...applied, serialBefore, serialAfter: await serialOf(context, stack) };
      return { good: applied.outcome === "applied" || applied.outcome === "nothing", result };
    },
    skipped: (stack, because) => {
      const message = `left untouched: ${because.join(", ")} was not applied`;
      context.progress({ stack: stack.name, step: "done", message });
      return { ...emptyApply(stack), outcome: "skipped", because, used: "none", serialBefore: null, serialAfter: null };
    },
  });
}

const removalWords = ({ removedFrom }: ReviewManifest): string =>
  removedFrom === undefined ? "keeps the stack, which the merge removes" : "destroys the stack, which the merge keeps";

async function serialOf({ readState }: Context, { folder }: Stack): Promise<number | null> {
  const { backend } = readConfiguration(folder);
  const lookup = backend === undefined ? undefined : await readState(backend);
  return lookup?.kind === "state" ? lookup.state.serial : null;
}
