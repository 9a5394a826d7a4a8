import { execFile } from "node:child_process";
import { repositoryFolder } from "../../../environments/repository";
import { localGithub } from "../../support/github/github";
import { compiledGitops } from "../../support/pull-request/compiled-cli";

// Each command starts Node anew.

const github = localGithub();
const root = repositoryFolder();
const commands = compiledGitops();

/** Runs a command against the local GitHub. */
const run = async (args: readonly string[], env: Record<string, string> = {}) => {
  const start = await commands;
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [start, ...args],
      {
        cwd: root,
        env: { PATH: process.env.PATH, GITHUB_API_URL: github.url, GITHUB_TOKEN: "token-of-a-test", ...env },
      },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? 1, stdout, stderr }),
    );
  });
};

it("tells first, makes it so, and finds nothing to do afterwards", async () => {
  const first = await run(["repository", "--dry-run"]);
  expect(first).toMatchObject({ code: 2, stderr: "" });
  expect(first.stdout).toMatch(/^merging: a merged branch is deleted: yes \(now: no\)\n/);
  expect(first.stdout).toMatch(/\nNothing was changed\.\nGitHub's numbers: ownerId 123456, repositoryId 456789\n$/);
  const second = await run(["repository", "--json"]);
  expect(second).toMatchObject({ code: 0 });
  expect(JSON.parse(second.stdout)).toMatchObject({ dryRun: false, repository: "image-platform/darkroom", made: true });
  expect(await run(["repository", "--dry-run"])).toEqual({
    code: 0,
    stdout: "All is as it should be.\nGitHub's numbers: ownerId 123456, repositoryId 456789\n",
    stderr: "",
  });
});

it("tells in one line what is wrong with a token", async () => {
  expect(await run(["repository"], { GITHUB_TOKEN: "another" })).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "GitHub refuses the token at GET /repos/image-platform/darkroom (401): it is wrong or has expired. Put a valid one into GITHUB_TOKEN.\n",
  });
  expect(await run(["repository"], { GITHUB_TOKEN: "" })).toMatchObject({
    code: 1,
    stderr:
      "GITHUB_TOKEN: expected a token for the GitHub API, but there is none. For example: export GITHUB_TOKEN=$(gh auth token)\n",
  });
});

it("comments on forks by the command that the workflow calls", async () => {
  const env = { GITHUB_REPOSITORY: "image-platform/darkroom" };
  expect(await run(["fork-comment"], env)).toEqual({
    code: 0,
    stdout: "No pull request from a fork has a new result.\n",
    stderr: "",
  });
  expect(await run(["fork-comment", "--hours", "0"], env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("expected hours, more than 0 and at most 720"),
  });
});
