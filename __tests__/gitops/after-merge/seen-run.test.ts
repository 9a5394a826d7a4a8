import { join } from "node:path";
import { commentOnReview } from "../../../gitops/comment/comment-on-review";
import { githubClient } from "../../../gitops/github/client";
import type { ReviewResult } from "../../../gitops/review/result";
import { testFolder } from "../../support/folders";
import { localGithub } from "../../support/github/github";
import { resource, stack as reviewedStack, result as reviewResult } from "../comment/results";
import { apply, head, keep, manifest, mergedPull, resetGithub, result } from "./merges";

const root = testFolder();
const github = localGithub();
let number = 0;
let place = "";

const first = manifest("prod-data");
/** The same run, started again: what it would do now nobody has looked at. */
const again = manifest("prod-data", {
  changesSha256: "6".repeat(64),
  run: { id: "70", attempt: 2 },
  createdAt: "2026-11-24T10:30:00.000Z",
});

/** What the job that comments does once a run's plans are there. */
async function comment(attempt: number): Promise<void> {
  const { pulls } = github.repository;
  pulls.splice(0, pulls.length, mergedPull({ state: "open" }));
  const run = { id: "70", attempt };
  const planned: ReviewResult = {
    ...reviewResult("prod", { stacks: [reviewedStack("prod-data", [resource("change", "x.y")])] }),
    ...{ head, run },
  };
  await commentOnReview(githubClient(github.context(), { wait: async () => {} }), 12, head, [planned]);
  pulls.splice(0, pulls.length, mergedPull());
}

beforeEach(() => {
  resetGithub(github);
  place = join(root, `store-${number++}`);
});

const applied = async () =>
  (await apply(github, place, { changed: ["prod-data"], results: [result("prod-data")] })).asked.map(
    ({ manifests }) => manifests,
  );

it("applies the plans that the comment showed, and not those of a run started again that merging came before", async () => {
  await keep(place, [first, again]);
  await comment(1);
  expect(await applied()).toEqual([[first]]);
});

it("applies those of the run started again once its comment is written", async () => {
  await keep(place, [first, again]);
  await comment(1);
  await comment(2);
  expect(await applied()).toEqual([[again]]);
});

it("takes no plan for reviewed where the comment showed a run that has kept none", async () => {
  await keep(place, [again]);
  await comment(1);
  expect(await applied()).toEqual([[]]);
});
