import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { makePullRequest, type PullRequest } from "../../../bench/plan/pull-request";
import { repositoryFolder } from "../../../environments/repository";
import { resource, result, stack } from "../../gitops/comment/results";
import { testFolder } from "../../support/folders";
import { localGithub } from "../../support/github/github";
import { compileCli, startCompiled } from "../../support/pull-request/compiled-cli";
import { type Answer, actProgram, runAct } from "./run-act";

const minutes = 60_000;
const repository = { full_name: "image-platform/darkroom", name: "darkroom", default_branch: "main", private: false };
const names = ["dev", "staging", "prod"];

const describeWithAct = existsSync(actProgram) ? describe : describe.skip;

describeWithAct("the jobs' steps, run by act", () => {
  const folder = testFolder();
  const github = localGithub();
  let pull: PullRequest;

  beforeAll(async () => {
    const keep = (text: string) => text.replace("processedDays: 30", "processedDays: 45");
    // Each job gets a copy: of what no job needs, none.
    const wanted = (file: string) => !/^(__tests__|docs|bench|examples|local|operations)\//.test(file);
    const options = { wanted, prepare: startCompiled };
    pull = makePullRequest(repositoryFolder(), join(folder, "origin"), ["prod"], keep, options);
    await compileCli(join(pull.folder, ".cache"));
    const git = (...args: string[]) => execFileSync("git", args, { cwd: pull.folder });
    git("repack", "--quiet", "-a", "-d");
    git("checkout", "--quiet", "-B", "main");
    git("update-ref", "refs/pull/7/merge", "HEAD");
    git("config", "uploadpack.allowAnySHA1InWant", "true");
    const { repository: known } = github;
    known.files.set(".github/CODEOWNERS", "* @image-platform/on-call\n");
    known.pulls.push({
      number: 7,
      state: "open",
      head: { sha: pull.head, ref: "edit", repo: { full_name: repository.full_name } },
      base: { sha: pull.base, ref: "main" },
      user: { login: "author", type: "User" },
    });
  });

  const act = (file: string, event: string, payload: object, answers: readonly Answer[] = []) =>
    runAct({
      folder: join(folder, "run"),
      origin: pull.folder,
      file,
      event,
      payload: { repository, ...payload },
      answers,
      env: { GITHUB_API_URL: github.url },
    });
  const pullRequest = (from = repository.full_name) => ({
    number: 7,
    action: "synchronize",
    pull_request: {
      number: 7,
      head: { sha: pull.head, repo: { full_name: from } },
      base: { sha: pull.base, ref: "main" },
    },
  });
  const onMain = () => ({ ref: "refs/heads/main", after: "" });
  const lines = (calls: readonly { readonly line: string }[]) => calls.map(({ line }) => line);
  const changed = JSON.stringify({ base: "0".repeat(40), stacks: [] });
  /** Instead of AWS: a plan with changes ends with exit code 2. */
  const planned = (name: string, code = 2): Answer => ({
    line: `plan ${name}`,
    code,
    ...(code !== 1 && {
      writes: {
        [`result-${name}.json`]: JSON.stringify(
          result(name, {
            pullRequest: 7,
            head: pull.head,
            stacks: [stack(`${name}-data`, [resource("change", "aws_s3_bucket.images")])],
          }),
        ),
      },
    }),
  });
  const quick: Answer[] = [{ line: "bundle" }, { line: "changed", says: changed }];

  it("plan.yml plans the merge in every environment with its own role, and comments with the token only there", async () => {
    const { results, calls, log } = await act("plan.yml", "pull_request", pullRequest(), [
      ...quick,
      ...names.map((name) => planned(name)),
    ]);
    expect([results, log]).toEqual([
      {
        changed: "success",
        environment: "success",
        comment: "success",
        status: "success",
      },
      expect.anything(),
    ]);
    const { head, base, mergeTree } = pull;
    for (const name of names) {
      expect(calls).toContainEqual({
        job: "environment",
        line: `plan ${name} --review --pull-request 7 --head ${head} --base ${base} --merge-tree ${mergeTree} --changed changed.json --result result-${name}.json`,
        role: expect.stringMatching(new RegExp(`^arn:aws:iam::\\d{12}:role/darkroom-${name}-plan$`)),
        token: false,
      });
    }
    expect(calls.filter(({ token }) => token)).toEqual([
      {
        job: "comment",
        line: `comment --pull-request 7 --head ${head} --results results/result-dev.json results/result-prod.json results/result-staging.json`,
        role: null,
        token: true,
      },
    ]);
    expect(github.repository.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining("## Merging applies 1 change in dev, 1 change in staging and 1 change in prod."),
    ]);
  });

  it("plan.yml comments also when an environment can't be planned, and its status fails", async () => {
    const { results } = await act("plan.yml", "pull_request", pullRequest(), [
      ...quick,
      planned("dev"),
      planned("staging", 1),
      planned("prod", 0),
    ]);
    expect(results).toEqual({
      changed: "success",
      environment: "failure",
      comment: "success",
      status: "failure",
    });
    expect(github.repository.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining("## Not ready: staging could not be planned."),
    ]);
  });

  it(
    "check.yml runs the tests, and for a fork leaves what changes, really found, with no token and no role",
    async () => {
      const { results, calls, log } = await act("check.yml", "pull_request", pullRequest("stranger/darkroom"), [
        { line: "test" },
        { line: "policy" },
      ]);
      expect([results, log]).toEqual([{ test: "success", fork: "success", status: "success" }, expect.anything()]);
      expect(calls.filter(({ token, role }) => token || role !== null)).toEqual([]);
      expect(calls.flatMap(({ job, line }) => (job === "test" ? [line.replace(/^ci .*/, "ci")] : []))).toEqual([
        "ci",
        "settings check",
        "test",
        "synth",
        "policy",
      ]);
      const left = join(folder, "run", "artifacts", "fork-result");
      const read = (file: string) => JSON.parse(execFileSync("cat", [join(left, file)], { encoding: "utf8" }));
      expect(read("changed.json")).toMatchObject({
        stacks: expect.arrayContaining([{ environment: "prod", stack: "prod-data", because: "configuration" }]),
      });
      expect(JSON.stringify(read("settings.json"))).toContain("retention.processedDays");
    },
    4 * minutes,
  );

  it.each(["test", "policy"])("check.yml fails its status when %s fails", async (failing) => {
    const { results } = await act("check.yml", "pull_request", pullRequest(), [
      { line: failing, code: 1 },
      ...["settings check", "test", "synth"].map((line) => ({ line })),
    ]);
    expect(results).toEqual({ test: "failure", status: "failure" });
  });

  it("apply.yml applies the merge in dev, staging and prod in turn with the roles that apply, and tells whose plans are stale with those that plan", async () => {
    const quiet: Answer[] = [{ line: "bundle" }, { line: "apply" }, { line: "stale" }];
    const { results, calls, log } = await act("apply.yml", "push", onMain(), quiet);
    const good = names.flatMap((name) => [name, `stale-${name}`]).map((id) => [id, "success"]);
    expect([results, log]).toEqual([Object.fromEntries(good), expect.anything()]);
    const merge = execFileSync("git", ["rev-parse", "HEAD"], { cwd: pull.folder, encoding: "utf8" }).trim();
    const role = (name: string, use: string) => expect.stringMatching(new RegExp(`:role/darkroom-${name}-${use}$`));
    const applies = names.map((name) => `apply ${name} --reviewed --merge ${merge}`);
    expect(calls.filter(({ line }) => line.startsWith("apply"))).toEqual(
      names.map((name, index) => ({ job: name, line: applies[index], role: role(name, "apply"), token: true })),
    );
    for (const [index, name] of names.entries()) {
      const line = `stale --environment ${name}`;
      expect(calls).toContainEqual({ job: `stale-${name}`, line, role: role(name, "plan"), token: true });
      expect(lines(calls).indexOf(line)).toBeGreaterThan(lines(calls).indexOf(applies[index] ?? ""));
    }
  });

  it("apply.yml tells whose plans are stale also after an apply that failed, and does not go on to the next environment", async () => {
    const { results, calls } = await act("apply.yml", "push", onMain(), [
      { line: "bundle" },
      { line: "apply staging", code: 1 },
      { line: "apply" },
      { line: "stale" },
    ]);
    expect(results).toEqual({
      ...{ dev: "success", "stale-dev": "success", staging: "failure", "stale-staging": "success" },
    });
    const stale = lines(calls).filter((line) => line.startsWith("stale"));
    expect(stale.sort()).toEqual(["stale --environment dev", "stale --environment staging"]);
  });

  it("apply.yml goes on to the next environment, and no apply fails, where it could not be told whose plans are stale", async () => {
    const { results } = await act("apply.yml", "push", onMain(), [
      { line: "bundle" },
      { line: "apply" },
      { line: "stale --environment dev", code: 1 },
      { line: "stale" },
    ]);
    expect(results).toEqual({
      ...{ dev: "success", "stale-dev": "failure", staging: "success", "stale-staging": "success" },
      ...{ prod: "success", "stale-prod": "success" },
    });
  });

  it("gate.yml sets the check with the code of the base", async () => {
    github.repository.checks.length = 0;
    const { results, log } = await act("gate.yml", "pull_request", { ...pullRequest(), action: "labeled" });
    expect([results, log]).toEqual([{ gate: "success" }, expect.anything()]);
    expect(github.calls).toContain(`GET /repos/image-platform/darkroom/pulls/7`);
  });

  it.each([
    ["drift.yml", "drift", (name: string) => `drift ${name} --issues`, {}],
    ["reconcile.yml", "reconcile", (name: string) => `reconcile --environment ${name}`, { approvals: "success" }],
  ] as const)(
    "%s looks at every environment with the role that plans, and at the others when one fails",
    async (file, job, line, others) => {
      const { results, calls, log } = await act(file, "workflow_dispatch", onMain(), [
        { line: "bundle" },
        { line: line("dev"), code: 1 },
        ...names.map((name) => ({ line: line(name) })),
      ]);
      expect([results, log]).toEqual([{ environments: "success", [job]: "failure", ...others }, expect.anything()]);
      const role = (name: string) => expect.stringMatching(new RegExp(`:role/darkroom-${name}-plan$`));
      for (const name of names) expect(calls).toContainEqual({ job, line: line(name), role: role(name), token: true });
    },
  );

  it("fork-comment.yml looks for pull requests from forks", async () => {
    const { results, log } = await act("fork-comment.yml", "workflow_dispatch", onMain());
    expect([results, log]).toEqual([{ comment: "success" }, expect.anything()]);
    expect(github.calls).toContain("GET /repos/image-platform/darkroom/pulls");
  });
});
