import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RecordStore } from "../../../gitops/record/record-store";
import { byHand } from "../../../gitops/removed/by-hand";
import { FolderStore } from "../../../gitops/store/folder-store";
import { UserError } from "../../../gitops/user-error";
import { testFolder, write } from "../../support/folders";
import { localGithub } from "../../support/github/github";
import {
  type ApplyMore,
  apply,
  before,
  commitOf,
  head,
  keep,
  manifest,
  merge,
  mergedPull,
  oneCommit,
  resetGithub,
  result,
  stack,
} from "./merges";

const root = testFolder();
const github = localGithub();
const runUrl = "https://github.test/image-platform/darkroom/actions/runs/80";
const planComment =
  "<!-- darkroom:plan -->\n<!-- darkroom:status -->\n\n<!-- /darkroom:status -->\n\n## Merging applies 3 changes in prod.\n";
let number = 0;
let place = "";

beforeEach(() => {
  resetGithub(github);
  const user = { login: "github-actions[bot]", type: "Bot" };
  github.repository.comments.push({ id: 5, issue: 12, body: planComment, user });
  place = join(root, `store-${number++}`);
});

const run = (more: ApplyMore = {}) => apply(github, place, more);
const records = () => new RecordStore(new FolderStore(place)).of(merge);
const comment = (issue = 12) => github.repository.comments.find((one) => one.issue === issue)?.body ?? "";
const followUps = () => github.repository.pulls.filter(({ state }) => state === "open");
const deployments = () => github.repository.deployments;
const markerOf = (name: string): unknown => {
  const { git } = github.repository;
  const commit = git.commits.get(git.branches.get(`follow-up/${name}`) ?? "");
  return JSON.parse(git.trees.get(commit?.tree ?? "")?.get(`.github/follow-ups/${name}.json`) ?? "{}");
};
/** A merge that removes a stack. */
const removing = (
  layer: string,
  dependencies: string[],
  looked: (...given: unknown[]) => void = () => {},
): ApplyMore => ({
  changedSince: async (base) => ({
    ...{ base, stacks: [{ environment: "prod", stack: "prod-data", because: "configuration" }] },
    removed: [
      { environment: "prod", stack: `prod-${layer}` },
      { environment: "dev", stack: `dev-${layer}` },
    ],
  }),
  findRemoved: async (...given) => {
    looked(...given);
    return [{ ...stack(layer, dependencies), removed: { from: before, dependants: [] } }];
  },
});
const refusal =
  "the state has moved on since it was planned (serial 41, now 43), and a plan made now does not do what was reviewed";
const refused = result("prod-data", {
  outcome: "refused",
  used: "none",
  applied: { add: 0, change: 0, destroy: 0 },
  started: false,
  plannedAnew: refusal,
});

describe("a merge", () => {
  it("applies what was reviewed, and tells it in record, deployment, comment and summary", async () => {
    await keep(place, [manifest("prod-data"), manifest("dev-data", { environment: "dev" })]);
    Object.assign(github.repository.runs[0] ?? {}, {
      approvals: [
        { state: "approved", user: { login: "boss" }, environments: [{ name: "prod" }] },
        { state: "approved", user: { login: "other" }, environments: [{ name: "staging" }] },
        { state: "rejected", user: { login: "third" }, environments: [{ name: "prod" }] },
      ],
    });
    const summary = write(join(place, "summary.md"));
    const { value, asked, bases } = await run({ changed: ["prod-data"], results: [result("prod-data")], summary });

    expect(bases).toEqual([before]);
    expect(asked).toMatchObject([{ manifests: [manifest("prod-data")], changed: ["prod-data"] }]);
    expect(value).toMatchObject({ exitCode: 0, notes: [] });
    expect(await records()).toEqual([
      {
        version: 1,
        merge,
        pullRequest: 12,
        environment: "prod",
        startedAt: "2026-11-24T12:00:00.000Z",
        endedAt: "2026-11-24T12:00:00.000Z",
        outcome: "applied",
        stacks: [
          {
            ...{ stack: "prod-data", outcome: "applied", plan: "reviewed", serialBefore: 41, serialAfter: 42 },
            counts: { add: 1, change: 2, destroy: 0 },
          },
        ],
        run: { id: "80", attempt: 1 },
        actor: "merger",
        approvedBy: ["boss"],
      },
    ]);
    expect(deployments()).toMatchObject([
      {
        ...{ sha: merge, environment: "prod", task: "darkroom:apply", description: "Merge of #12" },
        statuses: [
          { state: "in_progress", description: "Merge of #12", log_url: runUrl },
          { state: "success", description: "#12: applied as it was reviewed", log_url: runUrl },
        ],
      },
    ]);
    const status = `- **prod**: applied as it was reviewed ([run](${runUrl}))\n  - prod-data: 1 added, 2 changed, 0 destroyed`;
    expect(comment()).toBe(planComment.replace("status -->\n\n<!--", `status -->\n${status}\n<!--`));
    expect(readFileSync(summary, "utf8")).toBe(
      "### prod: applied as it was reviewed\n\n- prod-data: 1 added, 2 changed, 0 destroyed\n\n",
    );
    expect(followUps()).toEqual([]);
  });

  it("tells environments one below the other, each with its last word", async () => {
    const words = (name: string) => `- **${name}**: applied as it was reviewed`;
    const body = planComment.replace(
      "status -->\n\n",
      `status -->\n${words("dev")}\n  - dev-data: old\n- **prod**: old\n`,
    );
    Object.assign(github.repository.comments[0] ?? {}, { body });
    await keep(place, [manifest("prod-data")]);
    await run({ results: [result("prod-data")] });
    expect(comment()).toContain(
      `<!-- darkroom:status -->\n${words("dev")}\n  - dev-data: old\n${words("prod")} ([run](${runUrl}))\n  - prod-data: 1 added`,
    );
    expect(comment()).not.toContain("prod**: old");
  });

  it("destroys a stack that it removes before what that stood on changes, and tells what to do when that fails", async () => {
    await keep(place, [manifest("prod-reports", { removedFrom: before }), manifest("prod-data")]);
    const failed = result("prod-reports", { outcome: "failed", removedFrom: before });
    const skipped = result("prod-data", { outcome: "skipped", because: ["prod-reports"] });
    const looked: unknown[] = [];
    const { asked } = await run({
      ...{ changed: ["prod-data"], results: [failed, skipped] },
      ...removing("reports", ["bootstrap", "data"], (...given) => looked.push(given)),
    });
    const reports = { environment: "prod", stack: "prod-reports" };
    expect(looked).toEqual([[before, [reports], new Set(["prod-reports", "prod-data"])]]);
    expect(asked).toMatchObject([{ changed: ["prod-data", "prod-reports"] }]);
    expect(asked[0]?.stacks?.map(({ name }) => name)).toEqual([
      "prod-bootstrap",
      "prod-network",
      "prod-reports",
      "prod-data",
      "prod-compute",
    ]);
    expect(followUps()[0]?.body).toContain(
      `- prod-reports: failed; the run's log says why\n- prod-data: left untouched: prod-reports was not applied\n\n\`\`\`\n${byHand("prod", "prod-reports", before)}\n\`\`\`\n`,
    );
    expect(markerOf("12-prod")).toMatchObject({ removedFrom: { "prod-reports": before } });
  });

  it("may be one of several: two merges have a record each", async () => {
    await keep(place, [manifest("prod-data")]);
    await run({ results: [result("prod-data")] });
    const second = commitOf("d");
    github.repository.pulls.push(
      mergedPull({ number: 13, merge_commit_sha: second, head: { ...mergedPull().head, sha: second } }),
    );
    const check = github.repository.checks[0];
    if (check) github.repository.checks.push({ ...check, id: 2, head_sha: second });
    const [, plan] = github.repository.runs;
    if (plan) github.repository.runs.push({ ...plan, id: 72, head_sha: second });
    const run72 = { id: "72", attempt: 1 };
    await keep(place, [manifest("prod-compute", { pullRequest: 13, head: second, run: run72 })]);
    const { value, asked } = await run({ merge: second, results: [result("prod-compute")] });
    expect(asked).toMatchObject([{ manifests: [{ stack: "prod-compute" }] }]);
    expect(value?.record).toMatchObject({ pullRequest: 13, merge: second, outcome: "applied" });
    expect(await records()).toHaveLength(1);
  });

  it("that changes nothing in the environment leaves a record, and neither a deployment nor a new comment", async () => {
    github.repository.comments = [];
    const { value, asked } = await run();
    expect(asked).toEqual([]);
    expect(value?.exitCode).toBe(0);
    expect(await records()).toMatchObject([
      { outcome: "nothing", why: "The merge changes nothing in prod", stacks: [], approvedBy: [] },
    ]);
    expect(deployments()).toEqual([]);
    expect(github.repository.comments).toEqual([]);
  });

  it("makes the comment anew where somebody has deleted it, and puts the status back where it was edited away", async () => {
    await keep(place, [manifest("prod-data")]);
    github.repository.comments = [];
    await run({ results: [result("prod-data")] });
    const status = `<!-- darkroom:status -->\n- **prod**: applied as it was reviewed ([run](${runUrl}))\n  - prod-data: 1 added, 2 changed, 0 destroyed\n<!-- /darkroom:status -->\n\n`;
    expect(comment()).toBe(`<!-- darkroom:plan -->\n${status}`);
    Object.assign(github.repository.comments[0] ?? {}, { body: "<!-- darkroom:plan -->\n## Words" });
    await run({ results: [result("prod-data")], attempt: 2 });
    expect(comment()).toBe(`<!-- darkroom:plan -->\n${status}## Words`);
  });

  it("takes no manifest of another commit, environment or pull request, and mixes no runs", async () => {
    await keep(place, [
      manifest("prod-data", { head: commitOf("9") }),
      manifest("prod-data", { pullRequest: 11 }),
      manifest("prod-network", { environment: "dev" }),
      manifest("prod-data", { run: { id: "71", attempt: 1 }, createdAt: "2026-11-24T10:01:00.000Z" }),
      manifest("prod-compute", { run: { id: "71", attempt: 1 }, createdAt: "2026-11-24T10:01:01.000Z" }),
      // Cut short, so people have not seen it.
      manifest("prod-data", { run: { id: "71", attempt: 2 }, createdAt: "2026-11-24T10:02:00.000Z" }),
      manifest("prod-data"),
      manifest("prod-network"),
    ]);
    const { asked } = await run({ changed: ["prod-data", "prod-compute"], results: [result("prod-data")] });
    expect(asked[0]?.manifests.map(({ stack, run: { id, attempt } }) => [stack, id, attempt]).sort()).toEqual([
      ["prod-compute", "71", 1],
      ["prod-data", "71", 1],
    ]);
  });

  it.each([["stranger/darkroom"], [null]])("takes no manifest of a run for the fork %s", async (fork) => {
    await keep(place, [manifest("prod-data")]);
    for (const each of github.repository.runs) each.head_repository = fork === null ? null : { full_name: fork };
    const { asked } = await run({ changed: ["prod-data"], results: [result("prod-data")] });
    expect(asked).toMatchObject([{ manifests: [], changed: ["prod-data"] }]);
  });
});

describe("what is not applied", () => {
  it("the bootstrap stack, which is no failure", async () => {
    await keep(place, [manifest("prod-bootstrap"), manifest("prod-data")]);
    const { value, asked } = await run({ changed: ["prod-bootstrap", "prod-data"], results: [result("prod-data")] });
    expect(asked).toMatchObject([{ manifests: [{ stack: "prod-data" }], changed: ["prod-data"] }]);
    expect(value?.exitCode).toBe(0);
    expect(comment()).toContain(
      "  - prod-bootstrap: nothing to do: an administrator applies it: npm run bootstrap -- prod\n  - prod-data: 1 added",
    );
  });

  it("a stack that a later merge is applied to already", async () => {
    const later = commitOf("d");
    await keep(place, [manifest("prod-data"), manifest("prod-network")]);
    const store = new RecordStore(new FolderStore(place));
    const history = { ...oneCommit, after: async () => [commitOf("e"), later] };
    github.repository.pulls.push(mergedPull({ number: 13, merge_commit_sha: later, brought: [later] }));
    await run({
      merge: later,
      changed: ["prod-data", "prod-network"],
      results: [result("prod-data"), { ...refused, stack: "prod-network" }],
    });
    expect(await store.of(later)).toHaveLength(1);
    const { value, asked } = await run({ history, results: [result("prod-network")] });
    expect(asked.map(({ manifests }) => manifests.map(({ stack }) => stack))).toEqual([["prod-network"]]);
    expect(value?.record.stacks).toMatchObject([
      { stack: "prod-network", outcome: "applied" },
      { stack: "prod-data", outcome: "nothing", why: "a later merge, dddddddddddd, is applied to it already" },
    ]);
    expect(value?.exitCode).toBe(0);
  });

  it.each([
    ["was held", "failure", "it said: Held: wants the label approve-1 of a code owner"],
    ["was never set", undefined, "it was never set"],
    ["was set by another app", "other", "it was never set"],
  ])("anything, when the gate %s", async (_, conclusion, words) => {
    await keep(place, [
      manifest("prod-data"),
      manifest("prod-compute", { outcome: "no-changes" }),
      manifest("prod-network", { outcome: "no-changes" }),
    ]);
    const [gate] = github.repository.checks;
    if (conclusion === undefined) github.repository.checks = [];
    else if (gate && conclusion === "other") gate.app = { slug: "somebody" };
    else
      Object.assign(gate ?? {}, { conclusion, output: { title: "Held: wants the label approve-1 of a code owner" } });
    const { value, asked } = await run({
      changed: ["prod-data"],
      results: [result("prod-network", { outcome: "nothing" })],
    });
    expect(asked.map(({ manifests, changed }) => [manifests.map(({ stack }) => stack), changed])).toEqual([
      [["prod-network"], []],
    ]);
    expect(value?.exitCode).toBe(1);
    const why = `the check gate of 111111111111 was not passed when it was merged, ${words}`;
    expect(value?.record).toMatchObject({
      outcome: "refused",
      stacks: [
        { stack: "prod-network", outcome: "nothing" },
        { stack: "prod-data", outcome: "refused", why },
        { stack: "prod-compute", outcome: "refused", why: "prod-data was not applied" },
      ],
    });
  });

  it.each([
    ["that GitHub does not know", { id: "79", attempt: 1 }, {}],
    ["that is none", { id: "0", attempt: 1 }, {}],
    ["of another commit", { id: "70", attempt: 1 }, { head_sha: commitOf("9") }],
    ["of another workflow", { id: "70", attempt: 1 }, { path: ".github/workflows/check.yml" }],
    ["of another event", { id: "70", attempt: 1 }, { event: "push" }],
    ["that is still to come", { id: "70", attempt: 3 }, {}],
  ])("a plan of a run %s", async (_, run, more) => {
    Object.assign(github.repository.runs.find(({ id }) => id === 70) ?? {}, more);
    await keep(place, [manifest("prod-data", { run })]);
    const { asked } = await apply(github, place, { changed: ["prod-data"], results: [refused] });
    expect(asked).toMatchObject([{ manifests: [], changed: ["prod-data"] }]);
  });

  it("a secret that came into a reason", async () => {
    await keep(place, [manifest("prod-data")]);
    await run({ changed: ["prod-data"], results: [{ ...refused, plannedAnew: "it is token-of-a-test" }] });
    expect(comment()).toContain("  - prod-data: refused: it is (secret)\n");
    expect(JSON.stringify([[...github.repository.git.trees], github.repository, await records()])).not.toContain(
      "token-of-a-test",
    );
  });

  it("a reviewed stack that the merge does not have", async () => {
    await keep(place, [manifest("prod-gone")]);
    const { value, asked } = await run();
    expect(asked).toEqual([]);
    expect(value).toMatchObject({
      exitCode: 1,
      record: { stacks: [{ outcome: "refused", why: "it was reviewed, but the merge has no such stack" }] },
    });
  });

  it("to destroy a stack that the merge removes, when the gate was not passed; the follow-up knows the commit that has it", async () => {
    await keep(place, [manifest("prod-reports", { removedFrom: before }), manifest("prod-data")]);
    github.repository.checks = [];
    const { value, asked } = await run({ changed: ["prod-data"], ...removing("reports", ["bootstrap", "data"]) });
    expect(asked).toEqual([]);
    const why = "the check gate of 111111111111 was not passed when it was merged, it was never set";
    expect(value?.record.stacks).toMatchObject([
      { stack: "prod-reports", removedFrom: before, outcome: "refused", why },
      { stack: "prod-data", outcome: "refused", why },
    ]);
    expect(markerOf("12-prod")).toMatchObject({
      stacks: ["prod-data", "prod-reports"],
      removedFrom: { "prod-reports": before },
    });
  });

  it("to destroy a stack that can't be looked up any more; the follow-up knows the commit that has it", async () => {
    await keep(place, [manifest("prod-reports", { removedFrom: before })]);
    const { value } = await run();
    expect(value?.record.stacks).toMatchObject([{ removedFrom: before, outcome: "refused" }]);
    expect(markerOf("12-prod")).toMatchObject({ removedFrom: { "prod-reports": before } });
  });

  it("what nobody reviewed: a commit without a pull request", async () => {
    github.repository.pulls = [];
    const unreviewed = {
      ...refused,
      plannedAnew: "no plan of it was reviewed, and a plan made now does not do what was reviewed",
    };
    const { value, asked } = await run({ changed: ["prod-data"], results: [unreviewed] });
    expect(asked).toMatchObject([{ manifests: [], changed: ["prod-data"] }]);
    expect(value?.record).toMatchObject({ pullRequest: null, outcome: "refused", actor: "pusher" });
    expect(followUps()).toMatchObject([
      { title: "Follow-up of cccccccccccc: prod is not as merged", assignees: ["pusher"], labels: ["follow-up"] },
    ]);
  });
});

describe("a failure", () => {
  const failed = result("prod-data", {
    outcome: "failed",
    error: "secret words of Terraform",
    applied: { add: 0, change: 0, destroy: 0 },
  });
  const skipped = result("prod-compute", { outcome: "skipped", because: ["prod-data"], started: false });

  it("is told everywhere, without Terraform's words, and has one follow-up", async () => {
    await keep(place, [manifest("prod-data"), manifest("prod-compute"), manifest("prod-network")]);
    const { value } = await run({ results: [result("prod-network"), failed, skipped] });
    const [pull] = followUps();
    expect(value).toMatchObject({
      exitCode: 1,
      notes: [`#${pull?.number} is opened: it shows what is left to apply.`],
    });
    expect(comment()).toContain(
      `- **prod**: **not wholly applied** ([run](${runUrl})); #${pull?.number} shows what is left\n` +
        "  - prod-network: 1 added, 2 changed, 0 destroyed\n" +
        "  - prod-data: failed; the run's log says why\n" +
        "  - prod-compute: left untouched: prod-data was not applied\n",
    );
    expect(deployments()[0]?.statuses.at(-1)).toMatchObject({
      state: "failure",
      description: "#12: not wholly applied",
    });
    expect(pull).toMatchObject({
      title: "Follow-up of #12: prod is not as merged",
      head: { ref: "follow-up/12-prod" },
      base: { ref: "main" },
      assignees: ["author"],
      labels: ["follow-up"],
      body: [
        `The merge of #12 (cccccccccccc) was not wholly applied to prod by [this run](${runUrl}):`,
        "",
        "- prod-network: 1 added, 2 changed, 0 destroyed",
        "- prod-data: failed; the run's log says why",
        "- prod-compute: left untouched: prod-data was not applied",
        "",
        "**Do not run that apply again**: its plans are used up or stale, and what is left is another change than was reviewed.",
        "",
        "This pull request changes no configuration. It has what is left planned, for review; merging it applies that. When its plan says that nothing changes, close it.",
        "",
        "GitHub starts no workflow for what a workflow opens: close this pull request and reopen it to have it planned.",
        "",
      ].join("\n"),
    });
    expect(JSON.stringify([github.repository, await records()])).not.toContain("secret words");
  });

  it("of the command itself is told, too", async () => {
    await keep(place, [manifest("prod-data")]);
    const { error } = await run({ throws: new Error("a fault") });
    expect(error?.message).toBe("a fault");
    const why = "The command itself broke off, so what became of the stacks is not known; the run's log says why";
    expect(await records()).toMatchObject([
      { outcome: "failed", why, stacks: [{ stack: "prod-data", outcome: "failed" }] },
    ]);
    expect(followUps()[0]?.body).toContain("**Do not run that apply again**");
  });

  it("before anything is changed leaves nothing, so that it may be run again", async () => {
    await keep(place, [manifest("prod-data")]);
    github.fail(/GET .*\/commits\/c+\/pulls/, { status: 502, body: {} });
    const { error, asked } = await run();
    expect(error).toBeInstanceOf(UserError);
    expect(error?.message).toBe(
      `GitHub answered 502 at GET /repos/image-platform/darkroom/commits/${merge}/pulls in each of 4 tries. Run the command again later.`,
    );
    expect([asked, await records(), deployments()]).toEqual([[], [], []]);
  });

  it("to tell something does not keep the rest from being told, nor an apply from being good", async () => {
    await keep(place, [manifest("prod-data")]);
    github.fail(/POST .*\/deployments/, { status: 403, body: { message: "Resource not accessible by integration" } });
    github.fail(/PATCH .*\/issues\/comments/, { status: 422, body: { message: "Body is too long" } });
    github.fail(/approvals/, { status: 502, body: {} });
    const { value } = await run({ results: [result("prod-data")] });
    const at = "/repos/image-platform/darkroom";
    expect(value).toMatchObject({
      exitCode: 0,
      notes: [
        `The deployment could not be begun: GitHub does not let this token do POST ${at}/deployments (403). GitHub says: Resource not accessible by integration`,
        `Who approved is not known: GitHub answered 502 at GET ${at}/actions/runs/80/approvals in each of 4 tries. Run the command again later.`,
        `The pull request's comment could not be edited: GitHub does not take what PATCH ${at}/issues/comments/5 sent (422). GitHub says: Body is too long`,
      ],
    });
    expect(await records()).toHaveLength(1);
  });

  it("to keep the record is an error, after all else was told", async () => {
    await keep(place, [manifest("prod-data")]);
    const store = new FolderStore(place);
    const broken = Object.assign(Object.create(store) as FolderStore, {
      put: async (key: string, content: Uint8Array) => {
        if (/80-1\.json$/.test(key)) throw new UserError("no room");
        return store.put(key, content);
      },
    });
    const { error } = await run({ store: broken, results: [result("prod-data")] });
    expect(error?.message).toBe("no room");
    expect(comment()).toContain("- **prod**: applied as it was reviewed");
  });

  it("of a run that was killed is seen by the next one", async () => {
    await keep(place, [manifest("prod-data")]);
    const start = { merge, pullRequest: 12, environment: "prod", startedAt: "2026-11-24T11:30:00Z", actor: "merger" };
    await new RecordStore(new FolderStore(place)).begin({ version: 1, ...start, run: { id: "79", attempt: 1 } });
    const { value } = await run({ results: [refused] });
    expect(value?.notes[0]).toBe(
      "Run 79, attempt 1, began this apply and never ended: it was killed, and its lock may still be held.",
    );
    expect(followUps()[0]?.body).toContain(`- prod-data: refused: ${refusal}`);
  });
});

describe("a follow-up", () => {
  const branch = "follow-up/12-prod";
  const file = () => {
    const { git } = github.repository;
    const commit = git.commits.get(git.branches.get(branch) ?? "");
    const text = git.trees.get(commit?.tree ?? "")?.get(".github/follow-ups/12-prod.json");
    return { marker: JSON.parse(text ?? "{}") as unknown, parents: commit?.parents };
  };
  const marker = (attempt: number) => ({
    ...{ pullRequest: 12, merge, environment: "prod", stacks: ["prod-data"], run: `80-${attempt}` },
  });
  const again = async (attempt: number, results = [refused]) => {
    if (attempt === 1) await keep(place, [manifest("prod-data")]);
    return run({ results, attempt });
  };

  it("names what has to be planned in a file of its own", async () => {
    await again(1);
    expect(file()).toEqual({ marker: marker(1), parents: [merge] });
    expect(followUps()[0]?.body).toContain(
      "Nothing was changed. Where the reason has gone, that run may be started again; otherwise it is reviewed here.",
    );
  });

  it("is updated, not doubled, and keeps commits that people have put onto it", async () => {
    await again(1);
    const { git } = github.repository;
    const theirs = commitOf("f");
    git.commits.set(theirs, { tree: "t", parents: [git.branches.get(branch) ?? ""], message: "theirs" });
    git.branches.set(branch, theirs);
    const { value } = await again(2);
    expect(followUps()).toHaveLength(1);
    expect(value?.notes).toEqual([`#${followUps()[0]?.number} is updated: it shows what is left to apply.`]);
    expect(file()).toEqual({ marker: marker(2), parents: [theirs] });
  });

  it("begins anew on main where the last one was closed", async () => {
    await again(1);
    Object.assign(followUps()[0] ?? {}, { state: "closed" });
    await again(2);
    expect(followUps()).toHaveLength(1);
    expect(file()).toEqual({ marker: marker(2), parents: [merge] });
  });

  it("is closed once the merge is applied after all", async () => {
    await again(1);
    const opened = followUps()[0]?.number;
    const { value } = await again(2, [result("prod-data")]);
    expect(followUps()).toEqual([]);
    expect(value?.notes).toEqual([`#${opened} is closed: nothing is left to follow up.`]);
    expect(comment(opened)).toBe("#12 is applied to prod: nothing is left to follow up.");
  });

  it("is there although GitHub carried it out and answered 502, and although nobody can be assigned", async () => {
    const pulls = github.repository.pulls;
    github.fail(/POST .*\/git\/refs$/, { status: 422, body: { message: "Reference already exists" } }, 1);
    github.fail(/POST .*\/assignees$/, { status: 422, body: { message: "Validation Failed" } });
    github.repository.git.branches.set(branch, merge);
    const { value } = await again(1);
    expect(pulls.filter(({ state }) => state === "open")).toHaveLength(1);
    expect(value?.notes[0]).toMatch(
      /^#\d+ could not be assigned: GitHub does not take what POST .*assignees sent \(422\)/,
    );
  });

  it("that GitHub refuses is told", async () => {
    const message = "GitHub Actions is not permitted to create or approve pull requests.";
    github.fail(/POST .*\/pulls$/, { status: 403, body: { message } });
    const { value } = await again(1);
    expect(value).toMatchObject({
      exitCode: 1,
      notes: [
        `The follow-up pull request could not be kept: GitHub does not let this token do POST /repos/image-platform/darkroom/pulls (403). GitHub says: ${message}`,
      ],
    });
    expect(comment()).toContain("- **prod**: **not applied as it was reviewed** ([run]");
  });

  it("is for the author, or for who merged a bot's", async () => {
    Object.assign(github.repository.pulls[0] ?? {}, { user: { login: "renovate[bot]", type: "Bot" } });
    await again(1);
    expect(followUps()[0]?.assignees).toEqual(["merger"]);
  });
});

describe("the base of a merge", () => {
  const [first, second] = [commitOf("7"), commitOf("8")];
  const parents: Record<string, string[]> = { [merge]: [second], [second]: [first], [first]: [before] };
  const history = (of = parents) => ({ ...oneCommit, parents: async (commit: string) => of[commit] ?? [] });

  it("is what the push says", async () => {
    const eventPath = write(join(place, "event.json"), JSON.stringify({ before: commitOf("4"), after: merge }));
    expect((await run({ eventPath })).bases).toEqual([commitOf("4")]);
    write(eventPath, JSON.stringify({ before: commitOf("4"), after: second }));
    expect((await run({ eventPath, attempt: 2 })).bases).toEqual([before]);
  });

  it("lies before all commits that a rebase has brought", async () => {
    Object.assign(github.repository.pulls[0] ?? {}, { brought: [first, second, merge] });
    expect((await run({ history: history() })).bases).toEqual([before]);
  });

  it("is the parent of a squash of many commits, and the first one of a merge", async () => {
    Object.assign(github.repository.pulls[0] ?? {}, { brought: [merge], commits: 3 });
    expect((await run({ history: history() })).bases).toEqual([second]);
    const merging = history({ ...parents, [merge]: [before, head] });
    expect((await run({ history: merging, attempt: 2 })).bases).toEqual([before]);
  });
});
