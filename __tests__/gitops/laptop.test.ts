import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { localGithub } from "../support/github/github";
import { compiledGitops } from "../support/pull-request/compiled-cli";

const github = localGithub();
const commands = compiledGitops();

/** As on a laptop: of GitHub's variables there is the token alone. */
async function run(...args: string[]) {
  const { GITHUB_REPOSITORY: _, GITHUB_TOKEN: __, ...env } = process.env;
  const laptop = {
    ...env,
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN: github.tokenOf({ "pull-requests": "write", issues: "write" }),
  };
  const ended = promisify(execFile)(process.execPath, [await commands, ...args], { env: laptop });
  return ended.then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, text: stderr }),
  );
}

beforeEach(() => {
  github.calls.length = 0;
});

it.each([
  ["gate", "--pull-request", "12"],
  ["comment", "--pull-request", "12", "--head", "1".repeat(40)],
  ["fork-comment"],
  ["approvals"],
  ["reconcile", "--environment", "prod", "--store", "nowhere"],
])("%s asks the repository that the environment files name", async (...args) => {
  await run(...args);
  expect(github.calls.length).toBeGreaterThan(0);
  expect(github.calls.filter((call) => !call.includes(" /repos/image-platform/darkroom/"))).toEqual([]);
});

it.each(["nope", "--json"])("changed takes %s for no commit, and plans nothing for it", async (revision) => {
  expect(await run("changed", "--base", revision)).toEqual({
    code: 1,
    text: `Expected a commit to compare with, but git knows no ${JSON.stringify(revision)} here. Fetch it, or name another with --base.\n`,
  });
});
