import { join } from "node:path";
import { githubClient } from "../../../gitops/github/client";
import { PlanStore } from "../../../gitops/review/plan-store";
import { staleText } from "../../../gitops/stale/cli";
import { markStale } from "../../../gitops/stale/mark-stale";
import { FolderStore } from "../../../gitops/store/folder-store";
import { testFolder } from "../../support/folders";
import { localGithub } from "../../support/github/github";
import { emptyRepository } from "../../support/github/repository";
import { commitOf, keep, manifest } from "../after-merge/merges";

const root = testFolder();
const github = localGithub();
const home = "image-platform/darkroom";
let number = 0;
let place = "";
const moved = "the state has moved on since it was planned (serial 41, now 42)";
const block = (status: string) =>
  `<!-- darkroom:plan -->\n<!-- darkroom:status -->\n${status}\n<!-- /darkroom:status -->\n\n## W`;

const mark = () =>
  markStale(githubClient(github.context(), { wait: async () => {} }), {
    environment: "prod",
    plans: new PlanStore(new FolderStore(place)),
    whyMoved: async (stack) => (stack === "prod-data" ? moved : undefined),
  });
const pull = (id: number, sha: string, from = home) => ({
  ...{ number: id, state: "open" as const, user: { login: "a" }, base: { sha: commitOf("b"), ref: "main" } },
  head: { sha, ref: `b${id}`, repo: { full_name: from } },
});
const check = (sha: string) => ({
  ...{ id: github.repository.nextId(), name: "plan/prod", head_sha: sha, conclusion: "success", external_id: "" },
  output: { title: "1 to add", summary: "The plan is current." },
  app: { slug: "github-actions" },
});
const checks = () =>
  github.repository.checks.map(({ name, head_sha, conclusion, output }) => [
    name,
    head_sha[0],
    conclusion,
    output.title,
  ]);
const run = (id: number, more: object = {}) => ({
  ...{ id, path: ".github/workflows/plan.yml", event: "pull_request", status: "completed", conclusion: "success" },
  ...{ head_sha: "", created_at: "", head_repository: null, artifacts: [], ...more },
});
const writes = () => github.calls.filter((call) => !call.startsWith("GET"));
const [one, two] = [commitOf("1"), commitOf("2")];

beforeEach(async () => {
  Object.assign(github.repository, emptyRepository());
  github.heal();
  const { repository } = github;
  repository.pulls = [
    pull(12, one),
    pull(13, two),
    pull(14, commitOf("4"), "somebody/darkroom"),
    pull(15, commitOf("5")),
  ];
  repository.checks = [check(one), check(two)];
  repository.runs = [run(70), run(71)];
  const user = { login: "github-actions[bot]", type: "Bot" };
  repository.comments = [12, 13].map((issue) => ({ id: issue, issue, body: block(""), user }));
  place = join(root, `store-${number++}`);
  await keep(place, [
    manifest("prod-data"),
    manifest("prod-compute"),
    manifest("prod-network", { pullRequest: 13, head: two, run: { id: "71", attempt: 1 } }),
    // Of an earlier run, of another environment.
    manifest("prod-data", { pullRequest: 13, head: two, createdAt: "2026-11-24T09:00:00.000Z" }),
    manifest("prod-data", { pullRequest: 15, head: commitOf("5"), environment: "dev" }),
    manifest("prod-data", { pullRequest: 14, head: commitOf("4") }),
  ]);
  github.calls.length = 0;
});

it("marks what is stale, and nothing else", async () => {
  const pulls = await mark();
  expect(pulls).toEqual([
    { pullRequest: 12, reasons: [`prod-data: ${moved}`], again: "asked", faults: [] },
    { pullRequest: 13, reasons: [], faults: [] },
  ]);
  expect(checks()).toEqual([
    ["plan/prod", "1", "failure", "Stale: planned again"],
    ["plan/prod", "2", "success", "1 to add"],
  ]);
  expect(github.repository.checks[0]?.output.summary).toBe(`prod-data: ${moved}.`);
  // That is for the run that plans again to say, tellStale(): here it might come over the text of a plan that ends at the same moment.
  expect(github.calls.filter((call) => call.includes("/comments"))).toEqual([]);
  expect(github.repository.runs.map(({ id, status }) => [id, status])).toEqual([
    [70, "queued"],
    [71, "completed"],
  ]);
  expect(staleText("prod", pulls)).toBe(
    `#12: stale; it is planned again\n  prod-data: ${moved}\n#13: its plan is current`,
  );
});

it("changes nothing the second time, while the plan is made again and when that has left none", async () => {
  await mark();
  github.calls.length = 0;
  expect(await mark()).toMatchObject([{ again: "running", faults: [] }, {}]);
  Object.assign(github.repository.runs[0] ?? {}, { status: "completed", conclusion: "failure" });
  expect(await mark()).toMatchObject([{ again: "done", faults: [] }, {}]);
  expect(writes()).toEqual([]);
});

describe("a run that has planned before the state moved and not ended yet", () => {
  const running = () => github.repository.runs[0] ?? run(70);
  const told = (wait: () => Promise<unknown>) =>
    markStale(githubClient(github.context(), { wait: async () => {} }), {
      environment: "prod",
      plans: new PlanStore(new FolderStore(place)),
      whyMoved: async (stack) => (stack === "prod-data" ? moved : undefined),
      wait,
    });

  it("is ended and started again, for its comment would call the plan current", async () => {
    Object.assign(running(), { status: "in_progress", conclusion: null });
    let waits = 0;
    const pulls = await told(async () => {
      waits += 1;
      // The job that comments gets through before it is ended.
      Object.assign(github.repository.checks[0] ?? {}, { conclusion: "success", output: { title: "1 to add" } });
      if (waits === 2) Object.assign(running(), { status: "completed", conclusion: "cancelled" });
    });
    expect(pulls).toMatchObject([{ again: "asked", faults: [] }, {}]);
    expect(waits).toBe(2);
    expect(running()).toMatchObject({ status: "queued", run_attempt: 2 });
    expect(checks()[0]).toEqual(["plan/prod", "1", "failure", "Stale: planned again"]);
  });

  it("is started again when it ends by itself at that moment", async () => {
    Object.assign(running(), { status: "in_progress" });
    github.fail(/POST .*\/cancel$/, {
      status: 409,
      body: { message: "Cannot cancel a workflow run that is completed." },
    });
    const pulls = await told(async () => Object.assign(running(), { status: "completed" }));
    expect(pulls).toMatchObject([{ again: "asked" }, {}]);
  });

  it("is left to people when it does not end", async () => {
    Object.assign(running(), { status: "in_progress" });
    const pulls = await told(async () => {});
    expect(staleText("prod", pulls)).toContain(
      "#12: stale; it could not be planned again, push to it: run 70 does not end, although it was cancelled\n",
    );
    expect(checks()[0]).toContain("failure");
  });
});

it("starts a run again whose later attempts only commented, as when its failed jobs were run again", async () => {
  Object.assign(github.repository.runs[0] ?? {}, { run_attempt: 3 });
  Object.assign(github.repository.checks[0] ?? {}, { external_id: "run 70-1" });
  expect(await mark()).toMatchObject([{ again: "asked", faults: [] }, {}]);
  expect(github.repository.runs[0]).toMatchObject({ status: "queued", run_attempt: 4 });
  Object.assign(github.repository.runs[0] ?? {}, { status: "completed", conclusion: "failure" });
  expect(await mark()).toMatchObject([{ again: "done" }, {}]);
});

it("tells a pull request whose plans have expired in the bucket, once, and none that changes nothing", async () => {
  const [late, idle] = [commitOf("6"), commitOf("7")];
  const told = (sha: string, title: string) => ({
    ...{ ...check(sha), external_id: "run 60-1" },
    output: { title, summary: "The plan is current." },
  });
  github.repository.pulls = [pull(16, late), pull(17, idle)];
  github.repository.checks = [
    told(late, "0 to add, 10 to change, 0 to replace, 0 to destroy"),
    told(idle, "0 to add, 0 to change, 0 to replace, 0 to destroy"),
  ];
  const pulls = await mark();
  expect(staleText("prod", pulls)).toBe(
    "#16: stale; it could not be planned again, push to it: its plans are no longer kept\n  its plans are no longer kept",
  );
  expect(checks()).toEqual([
    ["plan/prod", "6", "failure", "Expired: push to have it planned"],
    ["plan/prod", "7", "success", "0 to add, 0 to change, 0 to replace, 0 to destroy"],
  ]);
  expect(await mark()).toEqual([]);
});

it("leaves alone what was planned again since", async () => {
  await mark();
  await keep(place, [
    manifest("prod-compute", { run: { id: "70", attempt: 2 }, createdAt: "2026-11-24T13:00:00.000Z" }),
  ]);
  github.calls.length = 0;
  expect(await mark()).toEqual([12, 13].map((pullRequest) => ({ pullRequest, reasons: [], faults: [] })));
  expect(writes()).toEqual([]);
});

it("makes the check where there is none", async () => {
  github.repository.checks = [];
  await mark();
  expect(checks()).toEqual([["plan/prod", "1", "failure", "Stale: planned again"]]);
});

it("sets the check before the plan is made again, so that the run can say in the comment what it says", async () => {
  await mark();
  const [check, again] = [/PATCH .*check-runs/, /POST .*rerun/].map((call) =>
    writes().findIndex((one) => call.test(one)),
  );
  expect(check).toBeGreaterThanOrEqual(0);
  expect(again).toBeGreaterThan(check ?? 0);
});

it.each(["run 70-2", "run 101-1"])("leaves the check alone that tells of a plan made meanwhile: %s", async (newer) => {
  // Its manifests were not there yet when they were looked for.
  Object.assign(github.repository.runs[0] ?? {}, { run_attempt: 2 });
  Object.assign(github.repository.checks[0] ?? {}, { external_id: newer });
  expect(await mark()).toMatchObject([{ again: "done", faults: [] }, {}]);
  expect(checks()[0]).toEqual(["plan/prod", "1", "success", "1 to add"]);
});

it("marks the plan of a run whose number has fewer digits than that of another", async () => {
  Object.assign(github.repository.checks[0] ?? {}, { external_id: "run 9-1" });
  await mark();
  expect(checks()[0]).toEqual(["plan/prod", "1", "failure", "Stale: planned again"]);
});

it("goes on where the plan can't be made again, and says so", async () => {
  github.fail(/POST .*\/rerun$/, { status: 403, body: { message: "Resource not accessible by integration" } });
  const pulls = await mark();
  const says =
    "GitHub does not let this token do POST /repos/image-platform/darkroom/actions/runs/70/rerun (403). GitHub says: Resource not accessible by integration";
  expect(pulls).toMatchObject([{ again: { refused: says }, faults: [] }, { pullRequest: 13 }]);
  expect(staleText("prod", pulls)).toContain(`#12: stale; it could not be planned again, push to it: ${says}\n`);
  expect(checks()[0]).toContain("failure");
});

it.each([
  [403, /does not let this token do PATCH .*check-runs/],
  [422, /does not take what PATCH .*check-runs\/\d+ sent/],
  [502, /GitHub answered 502 at PATCH .*check-runs\/\d+ in each of 4 tries/],
])("tells what it could not tell: %i", async (status, words) => {
  github.fail(/PATCH .*\/check-runs/, { status, body: { message: "no" } });
  const pulls = await mark();
  expect(pulls).toMatchObject([{ again: "asked", faults: [expect.stringMatching(words)] }, { faults: [] }]);
  expect(staleText("prod", pulls)).toMatch(/\n {2}not told: GitHub/);
});

it("says that there is nothing to look at", () => {
  expect(staleText("prod", [])).toBe("No open pull request has a plan of prod.");
});
