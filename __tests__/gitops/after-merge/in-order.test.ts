import { join } from "node:path";
import { RecordStore } from "../../../gitops/record/record-store";
import { FolderStore } from "../../../gitops/store/folder-store";
import { testFolder } from "../../support/folders";
import { localGithub } from "../../support/github/github";
import type { Run } from "../../support/github/repository";
import {
  type ApplyMore,
  apply,
  before,
  commitOf,
  keep,
  manifest,
  merge,
  oneCommit,
  resetGithub,
  result,
} from "./merges";

const root = testFolder();
const github = localGithub();
const url = "https://github.test/image-platform/darkroom/actions/runs/79";
let number = 0;
let place = "";

/** The run of a merge that came before, and its jobs. */
const run = (more: Partial<Run> = {}, jobs: Readonly<Record<string, string>> = {}): Run => ({
  ...{ id: 79, path: ".github/workflows/apply.yml", event: "push", status: "waiting", conclusion: null },
  ...{ head_sha: before, created_at: "2026-11-20T12:00:00Z", head_repository: null, artifacts: [] },
  jobs: Object.entries(jobs).map(([name, status]) => ({ name, status, conclusion: null })),
  ...more,
});
const tried = async (more: ApplyMore = {}) => {
  const { value, error, asked } = await apply(github, place, { results: [result("prod-data")], ...more });
  return { outcome: value?.record.outcome, message: error?.message, asked: asked.length };
};
const applied = { outcome: "applied", message: undefined, asked: 1 };
const refused = {
  ...{ outcome: undefined, asked: 0 },
  message:
    `prod: merges are applied in their order, and before ${merge.slice(0, 12)} comes ${before.slice(0, 12)} (${url}), which waits or runs still. ` +
    "Nothing was changed. Once that is approved and applied, or rejected, run this job again.",
};

beforeEach(async () => {
  resetGithub(github);
  place = join(root, `store-${number++}`);
  await keep(place, [manifest("prod-data")]);
});

it.each(["waiting", "pending", "queued", "in_progress"])(
  "leaves everything alone while the job of an earlier merge in the environment is %s, and leaves no record",
  async (status) => {
    github.repository.runs.push(run({}, { "apply dev": "completed", "apply prod": status }));
    expect(await tried()).toEqual(refused);
    const records = new RecordStore(new FolderStore(place));
    expect([await records.of(merge), await records.unfinished(merge), github.repository.deployments]).toEqual([
      [],
      [],
      [],
    ]);
  },
);

it("leaves everything alone while an earlier merge has not come to the environment yet", async () => {
  github.repository.runs.push(run({}, { "apply dev": "in_progress" }));
  expect(await tried()).toEqual(refused);
});

it.each([
  [
    "has had its turn here, however that ended, and waits elsewhere",
    run({}, { "apply prod": "completed", "stale prod": "queued" }),
  ],
  ["has ended", run({ status: "completed" })],
  ["was started again, and so has lost its place", run({ run_attempt: 2 }, { "apply prod": "pending" })],
  ["is not one, but came later", run({ head_sha: commitOf("e") })],
  ["is of days in which no run can wait any more", run({ created_at: "2026-10-20T11:59:59Z" })],
])("applies where the earlier merge %s", async (_, earlier) => {
  github.repository.runs.push(earlier);
  expect(await tried({ history: { ...oneCommit, before: async () => [before, commitOf("a")] } })).toEqual(applied);
});

it("is run again once the earlier one has ended", async () => {
  github.repository.runs.push(run({}, { "apply prod": "waiting" }));
  await tried();
  Object.assign(github.repository.runs.at(-1) ?? {}, { status: "completed", conclusion: "failure" });
  expect(await tried({ attempt: 2 })).toEqual(applied);
});
