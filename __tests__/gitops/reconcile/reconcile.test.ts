import { join } from "node:path";
import { githubClient } from "../../../gitops/github/client";
import { keepReconcileIssue, lookBackTo, reconcileEnvironment } from "../../../gitops/reconcile/reconcile-environment";
import type { ApplyRecord } from "../../../gitops/record/apply-record";
import { RecordStore } from "../../../gitops/record/record-store";
import { FolderStore } from "../../../gitops/store/folder-store";
import { testFolder } from "../../support/folders";
import { localGithub } from "../../support/github/github";

const folder = testFolder();
const github = localGithub();
const client = () => githubClient(github.context(), { wait: async () => {} });
const commit = (number: number) => String(number).repeat(40);
let records: RecordStore;
let store = 0;

const merged = (number: number, more: object = {}) =>
  github.repository.pulls.push({
    number,
    state: "closed",
    head: { sha: "f".repeat(40), ref: "b", repo: null },
    base: { sha: "e".repeat(40), ref: "main" },
    user: { login: "x" },
    merged_at: `2026-01-0${number}T00:00:00Z`,
    updated_at: `2026-01-0${number}T00:00:00Z`,
    merge_commit_sha: commit(number),
    ...more,
  } as never);
const recorded = (
  number: number,
  stacks: Record<string, ApplyRecord["stacks"][number]["outcome"]>,
  more: Partial<ApplyRecord> = {},
) =>
  records.put({
    version: 1,
    merge: commit(number),
    pullRequest: number,
    environment: "prod",
    startedAt: `2026-01-0${number}T00:01:00Z`,
    endedAt: `2026-01-0${number}T00:02:00Z`,
    outcome: "applied",
    stacks: Object.entries(stacks).map(([stack, outcome]) => ({
      ...{ stack, outcome, plan: "reviewed", serialBefore: 1, serialAfter: 2 },
      counts: { add: 0, change: 1, destroy: 0 },
    })),
    run: { id: "1", attempt: 1 },
    actor: "x",
    approvedBy: [],
    ...more,
  });
const reconcile = async () => {
  const found = await reconcileEnvironment(client(), {
    environment: "prod",
    since: new Date("2026-01-01T00:00:00Z"),
    records,
  });
  return { ...found, told: found.unapplied.map(({ merge, why }) => [merge.pullRequest, why]) };
};

beforeEach(() => {
  const { repository } = github;
  for (const list of [repository.pulls, repository.runs, repository.issues, repository.comments]) list.length = 0;
  records = new RecordStore(new FolderStore(join(folder, `records-${store++}`)));
});

it("finds nothing when every merge has its record", async () => {
  merged(1);
  merged(2, { merged_at: null });
  await recorded(1, { "prod-data": "applied", "prod-compute": "nothing" });
  expect(await reconcile()).toMatchObject({ merges: 1, told: [], running: [] });
});

it("finds a merge without a record, unless its apply waits or runs", async () => {
  merged(1);
  const why = "There is no record of its apply: it was cancelled, or never began.";
  expect((await reconcile()).told).toEqual([[1, why]]);
  github.repository.runs.push({
    ...{ id: 1, path: ".github/workflows/apply.yml", event: "push", status: "queued", conclusion: null },
    ...{ head_sha: commit(1), created_at: "2026-01-01T00:00:00Z", head_repository: null, artifacts: [] },
  } as never);
  const { told, running } = await reconcile();
  expect([told, running.map(({ pullRequest }) => pullRequest)]).toEqual([[], [1]]);
});

it("does not take the record of another environment for this one's", async () => {
  merged(1);
  await recorded(1, {}, { environment: "dev" });
  expect((await reconcile()).told).toHaveLength(1);
});

it("finds a stack that was refused or failed, until a later apply has brought it up to date", async () => {
  merged(1);
  merged(2);
  await recorded(1, { "prod-data": "failed", "prod-compute": "skipped" }, { outcome: "failed" });
  await recorded(2, { "prod-compute": "applied" });
  expect((await reconcile()).told).toEqual([[1, "Not applied as it was reviewed: prod-data."]]);
  merged(3);
  await recorded(3, { "prod-data": "nothing" });
  expect((await reconcile()).told).toEqual([]);
});

it("finds an apply that ended before it touched anything, until it is run again", async () => {
  merged(1);
  await recorded(1, {}, { outcome: "failed" });
  expect((await reconcile()).told).toEqual([[1, "Its apply failed before any stack was touched."]]);
  await recorded(1, { "prod-data": "applied" }, { run: { id: "1", attempt: 2 }, startedAt: "2026-01-01T01:00:00Z" });
  expect((await reconcile()).told).toEqual([]);
});

it("says that an apply was killed, and what to do, until it is run again", async () => {
  const start = (attempt: number, startedAt: string, environment = "prod") => ({
    ...{ version: 1 as const, merge: commit(1), pullRequest: 1, environment, startedAt },
    ...{ run: { id: "77", attempt }, actor: "x" },
  });
  merged(1);
  await records.begin(start(1, "2026-01-01T00:01:00Z"));
  await records.begin(start(9, "2026-01-01T09:00:00Z", "dev"));
  const why = (attempt: number, began: string) =>
    `Its apply was killed: run 77, attempt ${attempt}, began ${began} and left no record. A state may be locked, and something may be changed: run npm run doctor -- prod, unlock what it names, then run the workflow's job again.`;
  expect((await reconcile()).told).toEqual([[1, why(1, "2026-01-01T00:01:00Z")]]);
  const again = { run: { id: "77", attempt: 2 }, startedAt: "2026-01-01T01:00:00Z" };
  await records.begin(start(2, again.startedAt));
  expect((await reconcile()).told).toEqual([[1, why(2, again.startedAt)]]);
  await recorded(1, { "prod-data": "applied" }, again);
  expect((await reconcile()).told).toEqual([]);
});

it("keeps one issue an environment, and closes it by itself", async () => {
  merged(1);
  expect(await keepReconcileIssue(client(), "prod", await reconcile())).toBe("opened");
  expect(github.repository.issues[0]?.body).toContain(
    "- #1 (111111111111, 2026-01-01T00:00:00.000Z): There is no record of its apply: it was cancelled, or never began.",
  );
  expect(await keepReconcileIssue(client(), "prod", await reconcile())).toBe("same");
  await recorded(1, { "prod-data": "applied" });
  expect(await keepReconcileIssue(client(), "prod", await reconcile())).toBe("closed");
  expect(github.repository.comments.at(-1)?.body).toBe("prod has every merge of main.");
});

it("looks back to the oldest merge that the open issue names, so that none is forgotten because it is old", async () => {
  merged(1);
  merged(2);
  const asked = new Date("2026-02-01T00:00:00Z");
  expect(await lookBackTo(client(), "prod", asked)).toEqual(asked);
  await keepReconcileIssue(client(), "prod", await reconcile());
  expect(await lookBackTo(client(), "prod", asked)).toEqual(new Date("2026-01-01T00:00:00Z"));
  expect(await lookBackTo(client(), "prod", new Date("2025-12-01T00:00:00Z"))).toEqual(
    new Date("2025-12-01T00:00:00Z"),
  );
  expect(await lookBackTo(client(), "dev", asked)).toEqual(asked);
  const [issue] = github.repository.issues;
  if (issue) issue.state = "closed";
  expect(await lookBackTo(client(), "prod", asked)).toEqual(asked);
});
