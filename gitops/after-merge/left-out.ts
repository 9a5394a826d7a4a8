import { emptyApply } from "../apply-stack";
import type { EnvironmentApply } from "../reviewed/apply-reviewed-environment";
import type { Stack } from "../terraform/manifest";

/** A stack that Terraform was not run for, with the reason. */
export const leftOut = (
  stack: Pick<Stack, "name" | "environment" | "removed">,
  outcome: "nothing" | "refused" | "failed",
  why: string,
): EnvironmentApply => ({
  ...emptyApply(stack),
  outcome,
  used: "none",
  plannedAnew: why,
  serialBefore: null,
  serialAfter: null,
});
