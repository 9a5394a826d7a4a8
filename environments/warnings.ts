import type { Environment } from "./schema";
import { brokerTypes } from "./warnings/broker-types";
import { budgets } from "./warnings/budgets";
import { clockChangeWarnings } from "./warnings/clock-changes";
import { gpuHours } from "./warnings/gpu-hours";
import { instanceTypes } from "./warnings/instance-types";
import { jobNames } from "./warnings/job-names";
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
    brokerTypes,
    pollers,
    reservedConcurrency,
    budgets,
    instanceTypes,
    gpuHours,
    jobNames,
    signIn,
  ];
  return all.flatMap((warn) => warn(environment, from));
}
