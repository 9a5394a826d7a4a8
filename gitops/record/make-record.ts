import type { EnvironmentApply } from "../reviewed/apply-reviewed-environment";
import type { ApplyRecord } from "./apply-record";

/** Who applied what, and when. */
export type RecordFacts = Pick<
  ApplyRecord,
  "merge" | "pullRequest" | "environment" | "startedAt" | "endedAt" | "run" | "actor" | "approvedBy" | "why"
>;

/** The record of an apply; reasons and counts are in it, values are not. */
export function makeRecord(facts: RecordFacts, results: readonly EnvironmentApply[]): ApplyRecord {
  return {
    version: 1,
    ...facts,
    outcome: outcomeOf(results),
    stacks: results.map((result) => {
      const {
        stack,
        outcome,
        removedFrom,
        used,
        plannedAnew,
        because,
        waitsFor,
        applied,
        serialBefore,
        serialAfter,
        plan,
      } = result;
      const reason =
        because.length > 0
          ? `${because.join(", ")} was not applied`
          : waitsFor.length > 0
            ? `waits for ${waitsFor.join(", ")}`
            : plannedAnew;
      return {
        ...{ stack, outcome, serialBefore, serialAfter },
        ...(removedFrom !== undefined && { removedFrom }),
        plan: used,
        ...(reason !== undefined && { why: reason }),
        ...(plan?.changesSha256 !== undefined && { changesSha256: plan.changesSha256 }),
        counts: applied,
      };
    }),
  };
}

function outcomeOf(results: readonly EnvironmentApply[]): ApplyRecord["outcome"] {
  const any = (...outcomes: readonly EnvironmentApply["outcome"][]) =>
    results.some(({ outcome }) => outcomes.includes(outcome));
  if (any("failed")) return "failed";
  if (any("refused", "waits", "skipped")) return "refused";
  return any("applied") ? "applied" : "nothing";
}
