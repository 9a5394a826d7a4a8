import { applyPlan, emptyApply, type StackApply } from "../apply-stack";
import type { Context } from "../options";
import { bindingNow, whyStale } from "../plan-binding";
import type { PlanFacts } from "../plan-facts";
import { planFiles, planStack, type StackPlan } from "../plan-stack";
import { prepareStack } from "../prepare-stack";
import type { ReviewManifest } from "../review/manifest";
import type { PlanStore } from "../review/plan-store";
import type { Stack } from "../terraform/manifest";
import { noChanges } from "../terraform/show";
import { lockFileOf } from "../terraform/workspace";
import { messageOf, UserError } from "../user-error";
import { bringsAlong } from "./plan-configuration";
import { unseen } from "./unseen";

/** What was reviewed for a stack: its manifest, and why it is planned anew in any case; or why there is none. */
export type Reviewed =
  | { readonly manifest: ReviewManifest; readonly anew?: string | undefined }
  | { readonly missing: string };

/** {@link StackApply}, with what of the review was used. */
export interface ReviewedApply extends StackApply {
  readonly used: "reviewed" | "anew" | "none";
}

/**
 * Applies to a stack what was reviewed, and nothing else: the reviewed plan while nothing it was made from has changed,
 * else a plan made now if it does the same. Whatever else the stack would need is refused and left for a new review.
 */
export async function applyReviewedStack(
  context: Context,
  stack: Stack,
  reviewed: Reviewed,
  store: PlanStore,
): Promise<ReviewedApply> {
  const start = Date.now();
  const result = async (): Promise<ReviewedApply> => {
    try {
      const why =
        "missing" in reviewed
          ? reviewed.missing
          : (reviewed.anew ?? (await whyNot(context, stack, reviewed.manifest, store)));
      if (why === undefined && "manifest" in reviewed) {
        const { manifest } = reviewed;
        const first = await applyPlan(context, stack, planOf(manifest), undefined, (found) =>
          otherThan(manifest, found),
        );
        if (first !== "stale") return { ...first, used: first.outcome === "refused" ? "none" : "reviewed" };
      }
      return await applyTheSame(context, stack, reviewed, why ?? "Terraform refused the reviewed plan as stale");
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { ...emptyApply(stack), outcome: "failed", used: "none", error: messageOf(error) };
    }
  };
  return { ...(await result()), seconds: (Date.now() - start) / 1000 };
}

/** Fetches the reviewed plan; says why it can't be applied as it is. */
async function whyNot(
  context: Context,
  stack: Stack,
  manifest: ReviewManifest,
  store: PlanStore,
): Promise<string | undefined> {
  const { plan } = planFiles(context.plansFolder, stack.name);
  const fetched = await store.fetch(manifest, { plan, lock: lockFileOf(context.workFolder, stack.name) });
  if (fetched === "missing") return "the reviewed plan is no longer kept";
  if (fetched === "altered") return "the kept plan is not the one that was reviewed";
  const preparation = await prepareStack(context, stack);
  if (!preparation.ready) return `it waits for ${preparation.waitsFor.join(", ")}`;
  const { prepared } = preparation;
  const stale = whyStale(manifest.binding, bindingNow(context, prepared), plan);
  if (stale !== undefined || bringsAlong(plan, prepared.workspace.folder)) return stale;
  return "the kept plan brings another configuration along";
}

/** A plan made now is applied only when its changes are the reviewed ones; the state may have moved, what is done may not. */
async function applyTheSame(context: Context, stack: Stack, reviewed: Reviewed, why: string): Promise<ReviewedApply> {
  context.progress({ stack: stack.name, step: "plan", message: `planning anew: ${why}` });
  const plan = await planStack(context, stack);
  const base = { ...emptyApply(stack), plan, plannedAnew: why, used: "none" } as const;
  if (plan.outcome === "failed") return { ...base, outcome: "failed", error: plan.error ?? "It could not be planned." };
  if (plan.outcome === "waits") return { ...base, outcome: "waits", waitsFor: plan.waitsFor };
  if (plan.outcome === "no-changes") return { ...base, outcome: "nothing" };
  if (!("manifest" in reviewed) || reviewed.manifest.changesSha256 !== plan.changesSha256) {
    return { ...base, outcome: "refused", plannedAnew: `${why}, and a plan made now does not do what was reviewed` };
  }
  const held = unseen(reviewed.manifest, plan.gates);
  if (held !== undefined) return { ...base, outcome: "refused", plannedAnew: `${why}, and ${held}` };
  const applied = await applyPlan(context, stack, plan, why);
  if (applied !== "stale") return { ...applied, used: "anew" };
  throw new UserError(
    `${stack.name}: the state is being changed by someone else; run this job again when they are done.`,
  );
}

/** The manifest was written by the pull request's code, as the plan was: what the file itself says counts. */
const otherThan = (manifest: ReviewManifest, { changesSha256, gates }: PlanFacts): string | undefined =>
  changesSha256 === manifest.changesSha256
    ? unseen(manifest, gates)
    : "the kept plan does something else than its manifest says";

/** What applyPlan reads of a plan, from its manifest. */
const planOf = ({ stack, environment, outcome, counts, gates, binding, changesSha256 }: ReviewManifest): StackPlan => ({
  ...{ stack, environment, outcome, gates, binding, changesSha256 },
  changes: { ...noChanges, counts },
  waitsFor: [],
  mayChangeAfter: [],
  seconds: 0,
});
