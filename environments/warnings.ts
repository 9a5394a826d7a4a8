import type { Environment } from "./schema";
import { budgets } from "./warnings/budgets";
import { clockChangeWarnings } from "./warnings/clock-changes";
import { gpuHours } from "./warnings/gpu-hours";
import { instanceTypes } from "./warnings/instance-types";
import { pollers } from "./warnings/pollers";
import { reservedConcurrency } from "./warnings/reserved-concurrency";
import { signIn } from "./warnings/sign-in";
import { unreachable } from "./warnings/unreachable";

/**
 * What is allowed and probably not meant, one sentence or two each, beginning with the setting's path.
 * @param from - the day from which dates are told, for two years
 */
export function environmentWarnings(environment: Environment, from: Date): string[] {
  const all = [
    clockChangeWarnings,
    unreachable,
    pollers,
    reservedConcurrency,
    budgets,
    instanceTypes,
    gpuHours,
    signIn,
  ];
  return all.flatMap((warn) => warn(environment, from));
}
