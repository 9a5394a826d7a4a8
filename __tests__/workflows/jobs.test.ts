import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import { promotionOrder } from "../../gitops/environments/promotion";
import { applyJobName } from "../../gitops/github/apply-runs";
import { requiredChecks } from "../../gitops/repository/wanted";
import { expression, job, jobs, linesOf, textOf, workflow, workflowFiles } from "./workflow";

const environments = promotionOrder(loadEnvironments()).map(({ name }) => name);
const { scripts } = JSON.parse(readFileSync(join(repositoryFolder(), "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

it.each(jobs)("%s ends within a time", (_, { "timeout-minutes": minutes }) => {
  expect(minutes).toBeGreaterThan(0);
  expect(minutes).toBeLessThanOrEqual(120);
});

it.each(workflowFiles)("%s pins every action to a commit, with its version beside it", (file) => {
  const uses = textOf(file)
    .split("\n")
    .filter((line) => /^\s*(- )?uses:/.test(line));
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((line) => !/uses: [\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

it("pins an action to the same commit everywhere", () => {
  const pins = workflowFiles.flatMap((file) => [...textOf(file).matchAll(/uses: ([^@\s]+)@(.+)$/gm)]);
  const versions = new Map(pins.map(([, name, pin]) => [name, pin]));
  expect(pins.filter(([, name, pin]) => versions.get(name) !== pin)).toEqual([]);
});

it("leaves no credentials of git behind", () => {
  const checkouts = jobs.flatMap(([name, { steps }]) =>
    steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")).map((step) => [name, step.with] as const),
  );
  expect(checkouts.length).toBeGreaterThan(10);
  expect(checkouts.filter(([, options]) => options?.["persist-credentials"] !== false)).toEqual([]);
});

it("calls commands that there are, and nothing else", () => {
  const allowed = [
    /^npm ci( --ignore-scripts)?$/,
    /^npm test$/,
    // The job that says how the others ended.
    /^exit 1$/,
  ];
  for (const [name, each] of jobs) {
    for (const line of linesOf(each)) {
      const [, script] = /^npm run --silent ([a-z-]+)( |$)/.exec(line) ?? [];
      if (script === undefined)
        expect([name, line, allowed.some((form) => form.test(line))]).toEqual([name, line, true]);
      else expect([name, script, script in scripts]).toEqual([name, script, true]);
      // No second command behind the first, but what git says of the merge, and which exit codes are good.
      const rest = line.replaceAll(/\$\(git rev-parse [^)]+\)/g, "").replace(/ \|\| test \$\? -ne 1$/, "");
      expect([name, rest]).toEqual([name, expect.not.stringMatching(/[;&|`]|\$\(/)]);
    }
  }
});

it("puts nothing into shell that GitHub writes there: values come by the environment", () => {
  expect(
    jobs.flatMap(([name, each]) =>
      linesOf(each)
        .filter((line) => line.includes("${{"))
        .map((line) => [name, line]),
    ),
  ).toEqual([]);
});

it("applies every environment but the local one, one after the other, each behind its GitHub environment", () => {
  expect(environments).toEqual(["dev", "staging", "prod"]);
  const applies = Object.entries(workflow("apply.yml").jobs).filter(([id]) => !id.startsWith("stale-"));
  // The first waits for no other job: its queue is in the order of the merges.
  expect(applies.map(([id, { environment, needs = [] }]) => [id, environment, needs])).toEqual(
    environments.map((name, index) => [name, name, environments.slice(0, index).slice(-1)]),
  );
});

it("names the jobs that apply as the commands look for them", () => {
  expect(environments.map((name) => job("apply.yml", name).name)).toEqual(environments.map(applyJobName));
});

it("applies all environments by the same steps", () => {
  const steps = (name: string, id = name) => {
    const { needs: _, ...rest } = job("apply.yml", id);
    return JSON.stringify(rest).replaceAll(new RegExp(`\\b${name}\\b`, "g"), "*");
  };
  expect(environments.map((name) => steps(name))).toEqual(environments.map(() => steps("dev")));
  const stale = (name: string) => steps(name, `stale-${name}`);
  expect(environments.map(stale)).toEqual(environments.map(() => stale("dev")));
});

it("applies what was merged, and then tells whose plans are stale, also after a failure, in a job that no apply waits for", () => {
  expect(job("apply.yml", "prod").steps.at(-1)).toEqual({
    run: 'npm run --silent apply -- prod --reviewed --merge "$MERGE"',
    env: { GITHUB_TOKEN: expression("github.token"), MERGE: expression("github.sha") },
  });
  const { if: when, needs, environment, steps } = job("apply.yml", "stale-prod");
  expect([when, needs, environment]).toEqual([
    expression("!cancelled() && needs.prod.result != 'skipped'"),
    ["prod"],
    // Nobody is asked to approve it, and it gets the role that reads.
    undefined,
  ]);
  expect(steps.find(({ uses }) => uses?.startsWith("aws-actions/"))?.with?.["role-to-assume"]).toBe(
    expression("fromJSON(steps.environments.outputs.environments).prod.planRole"),
  );
  expect(steps.at(-1)).toEqual({
    run: "npm run --silent stale -- --environment prod",
    env: { GITHUB_TOKEN: expression("github.token") },
  });
  const needed = Object.values(workflow("apply.yml").jobs).flatMap((each) => each.needs ?? []);
  expect(needed.filter((name) => name.startsWith("stale-"))).toEqual([]);
});

it.each([
  ["check.yml", "check", ["test", "fork"], []],
  // What is only said while something is planned again decides nothing.
  ["plan.yml", "plan", ["changed", "environment", "comment"], ["again"]],
])(
  "%s has one job that the branch rule asks for, and which fails when another fails or is cancelled",
  (file, name, needs, others) => {
    expect(job(file, "status")).toMatchObject({
      name,
      if: "always()",
      needs,
      steps: [{ if: "contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')", run: "exit 1" }],
    });
    expect(Object.keys(workflow(file).jobs)).toEqual([...others, ...needs, "status"]);
    expect(requiredChecks([])).toContain(name);
  },
);

it("names no other job like a check that the branch rule asks for", () => {
  const names = jobs.filter(([id]) => !id.endsWith(": status")).map(([, { name }]) => name);
  expect(names.filter((name) => requiredChecks(environments).includes(name))).toEqual([]);
});

it("plans and watches every environment, by a matrix of what the command lists", () => {
  for (const [file, id, from] of [
    ["plan.yml", "environment", "changed"],
    ["drift.yml", "drift", "environments"],
    ["reconcile.yml", "reconcile", "environments"],
  ] as const) {
    expect(job(file, id).strategy).toEqual({
      "fail-fast": false,
      matrix: { environment: expression(`fromJSON(needs.${from}.outputs.environments)`) },
    });
    const kept = file === "plan.yml" ? " --faults faults.json" : "";
    expect(linesOf(job(file, from))).toContain(
      `npm run --silent environments -- --output environments${kept} >> "$GITHUB_OUTPUT"`,
    );
  }
});

it("fills the cache of providers on main only, and reads it everywhere else", () => {
  const saving = jobs.filter(([, { steps }]) => steps.some(({ uses }) => uses?.startsWith("actions/cache/save@")));
  expect(saving.map(([name]) => name)).toEqual(["drift.yml: drift"]);
  expect(jobs.flatMap(([, { steps }]) => steps).filter(({ uses }) => uses?.startsWith("actions/cache@"))).toEqual([]);
});
