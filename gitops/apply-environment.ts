import { applyStack, emptyApply, type StackApply } from "./apply-stack";
import { bootstrapStack } from "./bootstrap-environment";
import { type Context, type EnvironmentOptions, openContext } from "./options";
import { runInOrder } from "./terraform/graph";
import { bootstrapLayer } from "./terraform/manifest";

/**
 * Applies the stacks of an environment, each after those it depends on and side by side where it may be: the saved
 * plans while they are good, else plans made right before. The bootstrap stack comes first, and makes its own state
 * bucket when there is none. Stacks that depend on a failed one are left untouched.
 * @throws UserError when nothing could be applied at all: no Terraform, no provider, no synthesized output.
 */
export async function applyEnvironment(options: EnvironmentOptions): Promise<StackApply[]> {
  return applyContext(await openContext(options));
}

/** As {@link applyEnvironment}, for a context that is open already. */
export function applyContext(context: Context): Promise<StackApply[]> {
  return runInOrder(context.stacks, {
    concurrency: context.concurrency,
    work: async (stack) => {
      const apply = stack.layer === bootstrapLayer ? bootstrapStack : applyStack;
      const result = await apply(context, stack);
      context.progress({ stack: stack.name, step: "done", message: result.outcome });
      return { good: result.outcome === "applied" || result.outcome === "nothing", result };
    },
    skipped: (stack, because) => {
      context.progress({
        stack: stack.name,
        step: "done",
        message: `left untouched: ${because.join(", ")} was not applied`,
      });
      return { ...emptyApply(stack), outcome: "skipped", because };
    },
  });
}

/** Exit code of an apply: 0 when every stack is as planned, 1 when any is not. */
export const applyExitCode = (results: readonly StackApply[]): 0 | 1 =>
  results.every(({ outcome }) => outcome === "applied" || outcome === "nothing") ? 0 : 1;
