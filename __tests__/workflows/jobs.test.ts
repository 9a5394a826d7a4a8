import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import { promotionOrder } from "../../gitops/environments/promotion";
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
  const { environments: first, ...rest } = workflow("apply.yml").jobs;
  expect(first?.environment).toBeUndefined();
  expect(Object.entries(rest).map(([id, { environment, needs }]) => [id, environment, needs])).toEqual(
    environments.map((name, index) => [name, name, ["environments", ...environments.slice(0, index).slice(-1)]]),
  );
});

it("applies all environments by the same steps", () => {
  const steps = (name: string) =>
    JSON.stringify(job("apply.yml", name)).replaceAll(new RegExp(`\\b${name}\\b`, "g"), "*");
  const bare = (text: string) => text.replace(/"needs":\[[^\]]*\]/, "");
  expect(environments.map((name) => bare(steps(name)))).toEqual(environments.map(() => bare(steps("dev"))));
});

it("applies what was merged, and then tells whose plans are stale, also after a failure", () => {
  const { steps } = job("apply.yml", "prod");
  expect(steps.slice(-2)).toEqual([
    {
      id: "apply",
      run: 'npm run --silent apply -- prod --reviewed --merge "$MERGE"',
      env: { GITHUB_TOKEN: expression("github.token"), MERGE: expression("github.sha") },
    },
    {
      if: expression("!cancelled() && steps.apply.outcome != 'skipped'"),
      run: "npm run --silent stale -- --environment prod",
      env: { GITHUB_TOKEN: expression("github.token") },
    },
  ]);
});

it.each([
  ["check.yml", "check", ["test", "fork"]],
  ["plan.yml", "plan", ["changed", "environment", "comment"]],
])(
  "%s has one job that the branch rule asks for, and which fails when another fails or is cancelled",
  (file, name, needs) => {
    expect(job(file, "status")).toMatchObject({
      name,
      if: "always()",
      needs,
      steps: [{ if: "contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')", run: "exit 1" }],
    });
    expect(Object.keys(workflow(file).jobs)).toEqual([...needs, "status"]);
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
