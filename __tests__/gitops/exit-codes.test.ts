import { applyExitCode } from "../../gitops/apply-environment";
import type { StackApply } from "../../gitops/apply-stack";
import { planExitCode } from "../../gitops/plan-environment";
import type { StackPlan } from "../../gitops/plan-stack";

const plans = (...outcomes: StackPlan["outcome"][]) => outcomes.map((outcome) => ({ outcome }) as StackPlan);
const applies = (...outcomes: StackApply["outcome"][]) => outcomes.map((outcome) => ({ outcome }) as StackApply);

describe("planExitCode", () => {
  it.each([
    [0, plans("no-changes", "no-changes")],
    [2, plans("no-changes", "changes")],
    [3, plans("changes", "waits")],
    [1, plans("changes", "waits", "failed")],
  ])("is %d", (code, results) => {
    expect(planExitCode(results)).toBe(code);
  });
});

describe("applyExitCode", () => {
  it.each([
    [0, applies("applied", "nothing")],
    [1, applies("applied", "failed")],
    [1, applies("applied", "skipped")],
    [1, applies("applied", "waits")],
  ])("is %d", (code, results) => {
    expect(applyExitCode(results)).toBe(code);
  });
});
