import { gatesOf } from "./gates/gates";
import { secretRemover } from "./redact/redact-text";
import { redactValues } from "./redact/redact-values";
import { removalGate } from "./removed/removal-gate";
import { changesHash } from "./review/changes-hash";
import type { Gate } from "./review/gate";
import type { Stack } from "./terraform/manifest";
import { type PlanJson, parsePlan } from "./terraform/plan-json";
import type { Terraform } from "./terraform/run";
import { changesOf, type PlanChanges } from "./terraform/show";
import { runIn, type Workspace } from "./terraform/workspace";

/** What a plan would do, as far as people and other jobs may see it. */
export interface PlanFacts {
  readonly changes: PlanChanges;
  /** changesHash() */
  readonly changesSha256: string;
  readonly gates: readonly Gate[];
}

/** @param env - what Terraform was given in it may have become a value; whoever is told of the plan is not told that */
export function factsOf(plan: PlanJson, stack: Stack, env: NodeJS.ProcessEnv): PlanFacts {
  const remove = secretRemover(env);
  const changes = redactValues(changesOf(plan), remove);
  const gates = redactValues([...removalGate(stack, changes), ...gatesOf(plan)], remove);
  return { changes, changesSha256: changesHash(plan), gates };
}

/** Reads a plan file. @throws UserError when Terraform can't */
export async function readPlanFile(
  terraform: Terraform,
  workspace: Workspace,
  file: string,
  signal: AbortSignal | undefined,
): Promise<PlanJson> {
  const { stdout } = await runIn(terraform, workspace, ["show", "-json", "-no-color", file], { signal });
  return parsePlan(stdout);
}
