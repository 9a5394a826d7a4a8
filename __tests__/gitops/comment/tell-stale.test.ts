import { commentCommand } from "../../../gitops/comment/cli";
import { commentNotPlanned } from "../../../gitops/comment/comment-not-planned";
import { commentOnReview } from "../../../gitops/comment/comment-on-review";
import { tellStale } from "../../../gitops/comment/tell-stale";
import { githubClient } from "../../../gitops/github/client";
import { setStale } from "../../../gitops/stale/stale-check";
import { localGithub } from "../../support/github/github";
import { emptyRepository } from "../../support/github/repository";
import { manifest } from "../after-merge/merges";
import { attribute, resource, result, stack } from "./results";

const github = localGithub();
const head = "1".repeat(40);
const client = () => githubClient(github.context({ run: { id: 77, attempt: 1 } }), { wait: async () => {} });
const change = result("prod", {
  stacks: [stack("prod-data", [resource("change", "x.y", [attribute("a", "1", "2")])])],
  run: { id: "77", attempt: 1 },
});
const comment = (results = [result("dev"), change]) => commentOnReview(client(), 12, head, results);
const tell = () => tellStale(client(), 12, head, ["dev", "prod"]);
const stale = (reasons = ["prod-data: the state has moved on since it was planned (serial 41, now 42)"]) =>
  setStale(client(), manifest("prod-data", { head, run: { id: "77", attempt: 1 } }), reasons);
const body = () => github.repository.comments.map((one) => one.body).join();
const pull = () => github.repository.pulls[0] ?? {};
const statusLines =
  "- **prod**: **the plan below is stale**, and is made again\n  - prod-data: the state has moved on since it was planned (serial 41, now 42)";

beforeEach(() => {
  Object.assign(github.repository, emptyRepository());
  github.heal();
  github.repository.pulls.push({
    ...{
      number: 12,
      state: "open",
      base: { sha: "2".repeat(40), ref: "main" },
      user: { login: "author", type: "User" },
    },
    head: { sha: head, ref: "b", repo: { full_name: "image-platform/darkroom" } },
  });
});

it("says above the plan which ones are stale, and why, as the checks say it", async () => {
  await comment();
  const plan = body();
  await stale();
  expect(await tell()).toBe("edited");
  expect(body()).toBe(plan.replace("status -->\n\n<!--", `status -->\n${statusLines}\n<!--`));
  expect(await tell()).toBe("same");
});

it("gives every reason a line", async () => {
  await comment();
  await stale(["prod-compute: outputs of prod-data have changed since it was planned", "prod-data: b"]);
  await tell();
  expect(body()).toContain(
    "\n  - prod-compute: outputs of prod-data have changed since it was planned\n  - prod-data: b\n",
  );
});

it("says nothing where no plan is stale, where a newer one was told since, and where there is no comment", async () => {
  await comment();
  expect(await tell()).toBe("none");
  await stale();
  await comment();
  expect(await tell()).toBe("none");
  await stale();
  github.repository.comments.length = 0;
  expect([await tell(), body()]).toEqual(["none", ""]);
});

it("is asked for alone", async () => {
  const command = commentCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  const args = ["--pull-request", "12", "--head", head, "--stale", "--dry-run"];
  await expect(command.parseAsync(args, { from: "user" })).rejects.toThrow(
    "error: option '--stale' cannot be used with option '--dry-run'",
  );
});

describe("a pull request that is merged or has moved on", () => {
  const others = [
    ["what is stale", async () => tell()],
    ["a plan", async () => (await comment()).outcome],
    ["faults of settings", async () => (await commentNotPlanned(client(), 12, head, [])).outcome],
  ] as const;

  it.each(others)("is not told %s: its comment and its checks stay", async (_, write) => {
    await comment([result("dev", { run: { id: "70", attempt: 1 } })]);
    await stale();
    for (const change of [{ state: "closed" }, { state: "open", head: { sha: "9".repeat(40) } }]) {
      Object.assign(pull(), change);
      const before = structuredClone([github.repository.comments, github.repository.checks]);
      expect(await write()).toBe("superseded");
      expect([github.repository.comments, github.repository.checks]).toEqual(before);
    }
  });

  it("keeps its comment also where it is merged after its plan has begun to be told", async () => {
    await comment([result("dev")]);
    const before = body();
    // While GitHub has the job wait.
    github.extra.push({
      "POST /check-runs": () => {
        Object.assign(pull(), { state: "closed" });
        github.extra.length = 0;
        return { status: 201, body: {} };
      },
    });
    expect((await comment()).outcome).toBe("superseded");
    expect(body()).toBe(before);
  });
});
