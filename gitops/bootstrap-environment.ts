import { existsSync } from "node:fs";
import { applyStack, type StackApply } from "./apply-stack";
import { forgetMigrated, localStateFile, migrateBootstrap } from "./local-bootstrap";
import { bootstrapStackOf, type Context, type EnvironmentOptions, openContext } from "./options";
import { readConfiguration } from "./terraform/configuration";
import { bootstrapLayer, type Stack } from "./terraform/manifest";
import { messageOf, UserError } from "./user-error";

/**
 * Applies the stack that creates the state bucket, and moves its own state into it. May be repeated, and takes up
 * where an interrupted run ended: what was created is in the local state file, and that goes only when the state is
 * seen in the bucket.
 * @throws UserError when the environment has no bootstrap stack, or Terraform can't be had.
 */
export async function bootstrapEnvironment(options: Omit<EnvironmentOptions, "stacks">): Promise<StackApply> {
  const context = await openContext({ ...options, stacks: [bootstrapLayer] });
  const stack = bootstrapStackOf(context);
  if (!stack) throw new UserError(`${options.environment} has no stack ${options.environment}-${bootstrapLayer}.`);
  return bootstrapStack(context, stack);
}

/** As {@link bootstrapEnvironment}, for a context that is open already. */
export async function bootstrapStack(context: Context, stack: Stack): Promise<StackApply> {
  const { backend } = readConfiguration(stack.folder);
  if (!backend) throw new UserError(`${stack.name}: expected an S3 backend, but there is none.`);
  try {
    const lookup = await context.readState(backend);
    if (lookup.kind === "state") {
      if (existsSync(localStateFile(context, stack))) await forgetMigrated(context, stack);
      return await applyStack(context, stack);
    }
    const result = await applyStack(context, stack);
    if (result.outcome !== "applied" && result.outcome !== "nothing") return result;
    try {
      await migrateBootstrap(context, stack);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { ...result, outcome: "failed", error: messageOf(error) };
    }
    return result;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const failed = { stack: stack.name, environment: stack.environment, applied: { add: 0, change: 0, destroy: 0 } };
    return {
      ...failed,
      outcome: "failed",
      started: false,
      waitsFor: [],
      because: [],
      seconds: 0,
      error: messageOf(error),
    };
  }
}
