import { type Context, type EnvironmentOptions, openContext } from "./options";
import { planStack, type StackPlan } from "./plan-stack";
import { runSideBySide } from "./terraform/graph";

/**
 * Plans the stacks of an environment side by side, each against its state as it is now. A stack whose upstream was
 * never applied can't be planned; its result names what it waits for.
 * @throws UserError when nothing could be planned at all: no Terraform, no provider, no synthesized output.
 */
export async function planEnvironment(options: EnvironmentOptions): Promise<StackPlan[]> {
  return planContext(await openContext(options));
}

/** As {@link planEnvironment}, for a context that is open already. */
export async function planContext(context: Context): Promise<StackPlan[]> {
  const plans = await runSideBySide(context.stacks, context.concurrency, async (stack) => {
    const plan = await planStack(context, stack);
    context.progress({ stack: stack.name, step: "done", message: plan.outcome });
    return plan;
  });
  const changing = new Map(
    plans.map(({ stack, changes }) => [stack, new Set(changes.outputs.map(({ path }) => path))]),
  );
  return plans.map((plan) => {
    const mayChangeAfter = (plan.binding?.upstream ?? [])
      .filter(({ stack, outputs }) => outputs.some((name) => changing.get(stack)?.has(name)))
      .map(({ stack }) => stack);
    return { ...plan, mayChangeAfter };
  });
}

/**
 * Exit code of a plan: 1 when a stack could not be planned, 3 when a stack waits for another to be applied first,
 * 2 when something would change, 0 when nothing would.
 */
export function planExitCode(plans: readonly StackPlan[]): 0 | 1 | 2 | 3 {
  const any = (outcome: StackPlan["outcome"]) => plans.some((plan) => plan.outcome === outcome);
  if (any("failed")) return 1;
  if (any("waits")) return 3;
  return any("changes") ? 2 : 0;
}
