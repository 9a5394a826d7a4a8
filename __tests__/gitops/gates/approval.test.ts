import { approvalLabel, approvalOf, withChanges } from "../../../gitops/gates/approval";
import type { Gate } from "../../../gitops/review/gate";
import { resource, result, stack } from "../comment/results";

const gate: Gate = { kind: "retention-shortened", subject: "x.y", words: "It deletes log lines after 14 days." };
const of = (name: string, digit: string, gates: readonly Gate[] = []) =>
  stack(name, [resource("change", "x.y")], { plan: { changesSha256: digit.repeat(64), gates } });
const dev = result("dev", { stacks: [of("dev-data", "1")] });
const prod = result("prod", { stacks: [of("prod-data", "2", [gate]), of("prod-network", "3")] });
const changes = {
  stacks: [
    { stack: "prod-network", changesSha256: "3".repeat(64) },
    { stack: "prod-data", changesSha256: "2".repeat(64) },
  ],
  gates: [gate],
};

it("names each environment with a hash of its changes, whatever their order, and its label is one that nobody finds twice", () => {
  const approval = approvalOf([prod, dev]) ?? "";
  expect(approval).toMatch(/^dev:[0-9a-f]{32} prod:[0-9a-f]{32}$/);
  expect(approvalLabel(approval)).toMatch(/^approve-[0-9a-f]{32}$/);
  // GitHub takes 50 characters.
  expect(approvalLabel(approval).length).toBeLessThanOrEqual(50);
});

it("is found again by an environment that knows its own changes alone", () => {
  const approval = approvalOf([dev, prod]) ?? "";
  expect(withChanges(approval, "prod", changes)).toBe(approval);
  expect(
    withChanges(approval, "dev", { stacks: [{ stack: "dev-data", changesSha256: "1".repeat(64) }], gates: [] }),
  ).toBe(approval);
});

it.each([
  ["another change", "prod", { ...changes, stacks: changes.stacks.slice(1) }],
  ["another gate", "prod", { ...changes, gates: [{ ...gate, words: "It deletes log lines after 1 day." }] }],
  ["no gate", "prod", { ...changes, gates: [] }],
  ["an environment that was not planned", "staging", changes],
])("is another one with %s", (_, environment, found) => {
  const approval = approvalOf([dev, prod]) ?? "";
  expect(approvalLabel(withChanges(approval, environment, found))).not.toBe(approvalLabel(approval));
});

it("leaves out stacks that could not be planned, of which no apply has a plan", () => {
  const waits = stack("prod-compute", [], { plan: { outcome: "waits" } });
  expect(approvalOf([dev, { ...prod, stacks: [...prod.stacks, waits] }])).toBe(approvalOf([dev, prod]));
});
