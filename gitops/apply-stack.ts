import { rmSync } from "node:fs";
import type { Context } from "./options";
import { bindingNow, whyStale } from "./plan-binding";
import { factsOf, type PlanFacts, readPlanFile } from "./plan-facts";
import { planFiles, planStack, readSavedPlan, type StackPlan } from "./plan-stack";
import { prepareStack } from "./prepare-stack";
import { redactor } from "./redact/redact-text";
import { handLines } from "./removed/by-hand";
import { type AppliedCounts, ApplyMessages } from "./terraform/apply-messages";
import type { Stack } from "./terraform/manifest";
import { TerraformError } from "./terraform/run";
import { withProvider } from "./terraform/running-provider";
import { runIn } from "./terraform/workspace";
import { leftLock } from "./unlock/left-lock";
import { messageOf, UserError } from "./user-error";

/** Result of applying one stack. */
export interface StackApply {
  readonly stack: string;
  readonly environment: string;
  /** refused: it would not do what was reviewed. */
  readonly outcome: "applied" | "nothing" | "waits" | "failed" | "skipped" | "refused";
  /** What was to be applied. */
  readonly plan?: StackPlan;
  readonly applied: AppliedCounts;
  /** Why a plan of now was applied instead of the saved one. */
  readonly plannedAnew?: string;
  /** Of a stack that is to be destroyed: the commit by whose configuration. */
  readonly removedFrom?: string;
  /** Whether Terraform had begun to change something; a failure before that left everything as it was. */
  readonly started: boolean;
  readonly waitsFor: readonly string[];
  /** Stacks that failed, because of which this one was left untouched. */
  readonly because: readonly string[];
  readonly error?: string;
  readonly seconds: number;
}

const none: AppliedCounts = { add: 0, change: 0, destroy: 0 };

/** The parts of a result that most results do not use. */
export const emptyApply = ({ name, environment, removed }: Pick<Stack, "name" | "environment" | "removed">) => ({
  stack: name,
  environment,
  applied: none,
  started: false,
  waitsFor: [],
  because: [],
  seconds: 0,
  ...(removed && { removedFrom: removed.from }),
});

/** Applies one stack: the saved plan while it is good, else one made now. What goes wrong is in the result. */
export async function applyStack(context: Context, stack: Stack): Promise<StackApply> {
  const start = Date.now();
  const result = async (): Promise<StackApply> => {
    try {
      const { plan, plannedAnew } = await currentPlan(context, stack);
      const first = await applyPlan(context, stack, plan, plannedAnew);
      if (first !== "stale") return first;
      const anew = "Terraform refused the saved plan as stale";
      const second = await applyPlan(context, stack, await planStack(context, stack), anew);
      if (second !== "stale") return second;
      throw new UserError(`${stack.name}: the state is being changed by someone else; apply again when they are done.`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { ...emptyApply(stack), outcome: "failed", error: messageOf(error) };
    }
  };
  return { ...(await result()), seconds: (Date.now() - start) / 1000 };
}

/** The saved plan if nothing it was made from has changed, else a plan of now and why. */
async function currentPlan(context: Context, stack: Stack): Promise<{ plan: StackPlan; plannedAnew?: string }> {
  const saved = readSavedPlan(context.plansFolder, stack.name);
  let plannedAnew = "there is no saved plan";
  if (saved) {
    const preparation = await prepareStack(context, stack);
    const { plan: file } = planFiles(context.plansFolder, stack.name);
    const why = preparation.ready
      ? whyStale(saved.binding, bindingNow(context, preparation.prepared), file)
      : `it waits for ${preparation.waitsFor.join(", ")}`;
    if (why === undefined) return { plan: saved };
    plannedAnew = why;
  }
  context.progress({ stack: stack.name, step: "plan", message: `planning anew: ${plannedAnew}` });
  return { plan: await planStack(context, stack), plannedAnew };
}

/**
 * Applies a plan whose files lie in the context's folder of plans; they are gone afterwards.
 * @param plannedAnew - why it is not the plan that was kept
 * @param whyNot - told what the plan's file would do; a reason that it gives refuses the plan before anything is changed
 * @returns stale when Terraform refused it before anything was changed
 */
export async function applyPlan(
  context: Context,
  stack: Stack,
  plan: StackPlan,
  plannedAnew: string | undefined,
  whyNot?: (found: PlanFacts) => string | undefined,
): Promise<StackApply | "stale"> {
  const base = { ...emptyApply(stack), plan, ...(plannedAnew !== undefined && { plannedAnew }) };
  if (plan.outcome === "failed") return { ...base, outcome: "failed", error: plan.error ?? "It could not be planned." };
  if (plan.outcome === "waits") return { ...base, outcome: "waits", waitsFor: plan.waitsFor };
  if (plan.outcome === "no-changes") return { ...base, outcome: "nothing" };
  const preparation = await prepareStack(context, stack);
  if (!preparation.ready) return { ...base, outcome: "waits", waitsFor: preparation.waitsFor };

  const { terraform, lockTimeoutSeconds, progress, signal } = context;
  const { add, change, destroy, replace } = plan.changes.counts;
  const total = add + change + destroy + replace;
  const files = planFiles(context.plansFolder, stack.name);
  const messages = new ApplyMessages();
  const redact = redactor(terraform.env);
  const timeout = `-lock-timeout=${lockTimeoutSeconds}s`;
  try {
    const { workspace } = preparation.prepared;
    const refused = await withProvider(terraform, workspace, async (running) => {
      const why = whyNot?.(factsOf(await readPlanFile(running, workspace, files.plan, signal), stack, terraform.env));
      if (why !== undefined) return why;
      await runIn(running, workspace, ["apply", "-json", "-input=false", timeout, files.plan], {
        signal,
        onLine: (line) => {
          const message = messages.take(line);
          if (message !== undefined) progress({ stack: stack.name, step: "apply", message });
        },
      });
      return undefined;
    });
    if (refused !== undefined) return { ...base, outcome: "refused", plannedAnew: refused };
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    if (!messages.started && !error.interrupted && messages.summaries.some(isStale)) return "stale";
    const [head = ""] = error.message.split("\n", 1);
    const text = messages.errors.length > 0 ? [head, ...messages.errors].join("\n") : error.message;
    const done = `${messages.completed} of ${total} changes were made before that.`;
    const lock = await leftLock(context.env, stack);
    const lines = [redact(`${text}\n${done}`), ...(lock === undefined ? [] : [lock]), ...handLines(stack)];
    return { ...base, outcome: "failed", started: messages.started, error: lines.join("\n") };
  } finally {
    // Whatever became of it, it can't be applied again.
    for (const file of [files.plan, files.json]) rmSync(file, { force: true });
  }
  const applied = messages.counts ?? none;
  if (total > 0 && applied.add + applied.change + applied.destroy === 0) {
    const error = `${stack.name}: ${total} changes were planned, but Terraform reports that none was applied.`;
    return { ...base, outcome: "failed", started: messages.started, error };
  }
  return { ...base, outcome: "applied", applied, started: true };
}

const isStale = (summary: string): boolean => /^(Saved plan is stale|Inconsistent dependency lock file)$/.test(summary);
