import type { StackApply } from "../../gitops/apply-stack";
import type { StackPlan } from "../../gitops/plan-stack";
import { renderApplies, renderPlans } from "../../gitops/render";
import { noChanges, type PlanChanges, type ResourceChange } from "../../gitops/terraform/show";

const options = { color: false, folder: "/somewhere" };
const plan = (stack: string, more: Partial<StackPlan>): StackPlan => ({
  stack,
  environment: "dev",
  outcome: "no-changes",
  changes: noChanges,
  gates: [],
  waitsFor: [],
  mayChangeAfter: [],
  seconds: 1,
  ...more,
});
const resource = (
  action: ResourceChange["action"],
  name: string,
  attributes: ResourceChange["attributes"] = [],
): ResourceChange => ({
  address: `aws_sns_topic.${name}`,
  type: "aws_sns_topic",
  action,
  attributes,
});
const attribute = (path: string, before = "1", after = "2", forcesReplacement = false) => ({
  path,
  before,
  after,
  forcesReplacement,
});
const changing = (changes: Partial<PlanChanges>, more: Partial<StackPlan> = {}) =>
  renderPlans(
    [plan("dev-data", { outcome: "changes", changes: { ...noChanges, ...changes }, ...more })],
    options,
  ).split("\n");

describe("renderPlans", () => {
  it("gives each stack a line, and what it waits for or failed of", () => {
    const text = renderPlans(
      [
        plan("dev-network", {}),
        plan("dev-data", { outcome: "failed", error: "first\nsecond" }),
        plan("dev-compute", { outcome: "waits", waitsFor: ["dev-network", "dev-data"] }),
      ],
      options,
    );

    expect(text.split("\n")).toEqual([
      "dev-network  no changes",
      "dev-data     failed",
      "    first",
      "    second",
      "dev-compute  waits for dev-network, dev-data to be applied first",
    ]);
  });

  it("shows what destroys first, and attributes before and after", () => {
    const lines = changing(
      {
        counts: { add: 1, change: 1, destroy: 1, replace: 1 },
        resources: [
          resource("add", "a"),
          resource("change", "c", [attribute("days", "30", "14")]),
          resource("replace", "r", [
            attribute("size"),
            attribute("arn", '"a"', "(known after apply)"),
            attribute("name", '"x"', '"y"', true),
          ]),
          resource("destroy", "d"),
        ],
        outputs: [{ ...attribute("topic", '"x"', "(known after apply)"), action: "change" }],
        drift: [resource("change", "c", [attribute("n")])],
      },
      {
        mayChangeAfter: ["dev-network"],
        files: { plan: "/somewhere/p.tfplan", json: "/somewhere/p.json", text: "/somewhere/plans/p.txt" },
      },
    );

    expect(lines).toEqual([
      "dev-data  + 1 to add, ~ 1 to change, - 1 to destroy, -/+ 1 to replace",
      "    - aws_sns_topic.d",
      "    -/+ aws_sns_topic.r",
      '        name: "x" → "y" (forces replacement)',
      "        size: 1 → 2",
      "    ~ aws_sns_topic.c",
      "        days: 30 → 14",
      "    + aws_sns_topic.a",
      '    ~ output topic: "x" → (known after apply)',
      "    changed outside of Terraform: aws_sns_topic.c",
      "        n: 1 → 2",
      "    is planned anew once dev-network is applied",
      "    plan: plans/p.txt",
    ]);
  });

  it("cuts what is many or long, never what is destroyed", () => {
    const many = (action: ResourceChange["action"], count: number) =>
      Array.from({ length: count }, (_, index) => resource(action, `${action}${index}`));
    const attributes = Array.from({ length: 10 }, (_, index) => attribute(`a${index}`, "x".repeat(150)));
    const lines = changing({
      resources: [...many("add", 40), ...many("destroy", 40), resource("change", "c", attributes)],
    });

    expect(lines.filter((line) => line.startsWith("    - "))).toHaveLength(40);
    expect(lines.filter((line) => line.startsWith("    + "))).toHaveLength(30);
    expect(lines).toContain("    … and 10 more to add");
    expect(lines).toContain(`        a0: ${"x".repeat(99)}… → 2`);
    expect(lines).toContain("        … and 2 more attributes");
  });

  it("colours only where it is asked to", () => {
    const red = renderPlans([plan("dev-data", { outcome: "failed" })], { ...options, color: true });

    expect(red).toContain("\u001b[31mfailed\u001b[39m");
  });
});

describe("renderApplies", () => {
  it("says of each stack what became of it, and why a plan was made anew", () => {
    const result = (stack: string, more: Partial<StackApply>): StackApply => ({
      stack,
      environment: "dev",
      outcome: "applied",
      applied: { add: 1, change: 2, destroy: 3 },
      started: true,
      waitsFor: [],
      because: [],
      seconds: 1,
      ...more,
    });

    const text = renderApplies(
      [
        result("dev-a", {}),
        result("dev-b", { plannedAnew: "there is no saved plan" }),
        result("dev-c", { outcome: "nothing" }),
        result("dev-d", { outcome: "failed", error: "denied" }),
        result("dev-e", { outcome: "skipped", because: ["dev-d"] }),
        result("dev-f", { outcome: "waits", waitsFor: ["dev-d"] }),
      ],
      options,
    );

    expect(text.split("\n")).toEqual([
      "dev-a  applied: + 1 added, ~ 2 changed, - 3 destroyed",
      "dev-b  applied: + 1 added, ~ 2 changed, - 3 destroyed (planned anew: there is no saved plan)",
      "dev-c  nothing to apply",
      "dev-d  failed",
      "    denied",
      "dev-e  left untouched, because dev-d was not applied",
      "dev-f  not applied: waits for dev-d to be applied first",
    ]);
  });
});
