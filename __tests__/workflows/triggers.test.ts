import { expression, job, workflow, workflowFiles } from "./workflow";

it("are all there is", () => {
  expect(workflowFiles).toEqual([
    "apply.yml",
    "check.yml",
    "drift.yml",
    "fork-comment.yml",
    "gate.yml",
    "plan.yml",
    "reconcile.yml",
  ]);
});

it.each([
  ["check.yml", { pull_request: null, push: { branches: ["main"] } }],
  ["plan.yml", { pull_request: { branches: ["main"] } }],
  ["gate.yml", { pull_request: { branches: ["main"], types: ["labeled", "unlabeled"] } }],
  ["apply.yml", { push: { branches: ["main"] } }],
  ["drift.yml", { schedule: [{ cron: "17 2 * * *" }], workflow_dispatch: null }],
  ["reconcile.yml", { schedule: [{ cron: "43 * * * *" }], workflow_dispatch: null }],
  ["fork-comment.yml", { schedule: [{ cron: "*/15 * * * *" }], workflow_dispatch: null }],
])("%s is started by nothing else", (file, on) => {
  expect(workflow(file).on).toEqual(on);
});

it.each([
  ["check.yml", `check-${expression("github.event.pull_request.number || github.sha")}`, true],
  ["plan.yml", `plan-${expression("github.event.pull_request.number")}`, true],
  ["gate.yml", `gate-${expression("github.event.pull_request.number")}`, true],
  ["drift.yml", "drift", false],
  ["reconcile.yml", "reconcile", false],
  ["fork-comment.yml", "fork-comment", false],
])("%s runs once at a time in a group of its own", (file, group, cancel) => {
  expect(workflow(file).concurrency).toEqual({ group, "cancel-in-progress": cancel });
});

it("applies one merge after the other in each environment, which holds no other one up, and drops none that waits", () => {
  expect(workflow("apply.yml").concurrency).toBeUndefined();
  const concurrencies = Object.entries(workflow("apply.yml").jobs).map(([id, { concurrency }]) => [id, concurrency]);
  const turns = (group: string) => ({ group, "cancel-in-progress": false, queue: "max" });
  expect(concurrencies).toEqual(
    ["dev", "staging", "prod"].flatMap((name) => [
      [name, turns(`apply-${name}`)],
      [`stale-${name}`, turns("stale")],
    ]),
  );
});

it("lets the jobs that write an open pull request's comment and gate take turns, and drops none of them", () => {
  const turns = { group: `comment-${expression("github.event.pull_request.number")}`, "cancel-in-progress": false };
  for (const each of [job("plan.yml", "again"), job("plan.yml", "comment"), job("gate.yml", "gate")]) {
    expect(each.concurrency).toEqual({ ...turns, queue: "max" });
  }
});
