import { expression, job, jobs, textOf, workflow, workflowFiles } from "./workflow";

it.each(workflowFiles)("%s grants nothing by itself", (file) => {
  expect(workflow(file).permissions).toEqual({});
});

it("grants each job what it needs, and nothing more", () => {
  const read = { contents: "read" };
  expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).toEqual({
    "check.yml: test": read,
    "check.yml: fork": read,
    "check.yml: status": {},
    "plan.yml: again": { ...read, checks: "read", "pull-requests": "write" },
    "plan.yml: changed": read,
    "plan.yml: environment": { ...read, "id-token": "write" },
    "plan.yml: comment": { checks: "write", contents: "write", "pull-requests": "write" },
    "plan.yml: status": {},
    "gate.yml: gate": { ...read, checks: "write", "pull-requests": "write" },
    ...Object.fromEntries(
      ["dev", "staging", "prod"].flatMap((name) => [
        [
          `apply.yml: ${name}`,
          {
            actions: "read",
            checks: "read",
            contents: "write",
            deployments: "write",
            "id-token": "write",
            "pull-requests": "write",
          },
        ],
        [
          `apply.yml: stale-${name}`,
          { ...read, actions: "write", checks: "write", "id-token": "write", "pull-requests": "read" },
        ],
      ]),
    ),
    "drift.yml: environments": read,
    "drift.yml: drift": {
      ...read,
      actions: "read",
      "id-token": "write",
      issues: "write",
      "pull-requests": "read",
    },
    "reconcile.yml: environments": read,
    "reconcile.yml: reconcile": {
      ...read,
      actions: "read",
      "id-token": "write",
      issues: "write",
      "pull-requests": "read",
    },
    "reconcile.yml: approvals": { ...read, checks: "read", issues: "write", "pull-requests": "read" },
    "fork-comment.yml: comment": { ...read, actions: "read", "pull-requests": "write" },
  });
});

it("says of each right what it is for", () => {
  const unsaid = workflowFiles.flatMap((file) =>
    textOf(file)
      .split("\n")
      .filter((line) => /^ {6}[a-z-]+: (read|write)/.test(line) && !/ # to /.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(unsaid).toEqual([]);
});

it("lets no fork near a credential", () => {
  const own = "github.event.pull_request.head.repo.full_name == github.repository";
  expect(job("plan.yml", "again").if).toBe(`github.run_attempt > 1 && ${own}`);
  expect(job("plan.yml", "changed").if).toBe(own);
  expect(job("plan.yml", "environment").needs).toBe("changed");
  expect(job("plan.yml", "comment").if).toBe(expression("!cancelled() && needs.changed.result != 'skipped'"));
  expect(job("gate.yml", "gate").if).toBe(own);
});

it("runs nothing of a pull request where a token may write", () => {
  for (const [name, { permissions = {}, steps }] of jobs) {
    const writes = Object.entries(permissions).some(([right, kind]) => kind === "write" && right !== "id-token");
    const ofPullRequest = /^(plan|gate)\.yml/.test(name);
    if (!writes || !ofPullRequest) continue;
    const refs = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")).map((step) => step.with?.ref);
    expect([name, refs]).toEqual([name, [expression("github.event.pull_request.base.sha")]]);
    // Packages of the base are pinned, but their install scripts have no business here.
    expect(steps.flatMap(({ run }) => (run?.startsWith("npm ci") ? [run] : []))).toEqual(["npm ci --ignore-scripts"]);
  }
});

it("asks for a role only once what came from elsewhere is installed", () => {
  for (const [, { steps }] of jobs) {
    const role = steps.findIndex(({ uses }) => uses?.startsWith("aws-actions/"));
    if (role === -1) continue;
    const after = steps.slice(role + 1).flatMap(({ run }) => run ?? []);
    expect(after.filter((line) => /npm ci|bundle/.test(line))).toEqual([]);
    expect(after.length).toBeGreaterThan(0);
  }
});

it("gives the token to the steps that ask GitHub, and to no others", () => {
  const given = jobs.flatMap(([, { steps }]) =>
    steps.filter(({ env }) => env?.GITHUB_TOKEN).map(({ run }) => /npm run --silent (\S+)/.exec(run ?? "")?.[1]),
  );
  expect([...new Set(given)].sort()).toEqual([
    "apply",
    "approvals",
    "comment",
    "drift",
    "fork-comment",
    "gate",
    "reconcile",
    "stale",
  ]);
});
