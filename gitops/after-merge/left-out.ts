import { emptyApply } from "../apply-stack";
import type { EnvironmentApply } from "../reviewed/apply-reviewed-environment";

/** A stack that Terraform was not run for, with the reason. */
export const leftOut = (
  stack: string,
  environment: string,
  outcome: "nothing" | "refused" | "failed",
  why: string,
): EnvironmentApply => ({
  ...emptyApply({ name: stack, environment, layer: "", folder: "", dependencies: [] }),
  outcome,
  used: "none",
  plannedAnew: why,
  serialBefore: null,
  serialAfter: null,
});
