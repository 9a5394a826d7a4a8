import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { testFolder } from "../../support/folders";
import { compiledGitops } from "../../support/pull-request/compiled-cli";
import { writeSynthesized } from "../../support/synthesized";

const root = testFolder();
const commands = compiledGitops();
const merge = "c".repeat(40);

async function run(...args: string[]) {
  const { GITHUB_TOKEN: _, ...env } = process.env;
  const command = [await commands, ...args];
  const ended = promisify(execFile)(process.execPath, command, { cwd: root, env });
  return ended.then(
    () => undefined,
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
}

beforeAll(() => writeSynthesized(join(root, "out"), "dev", { data: {} }));

it.each([
  [["apply", "dev", "--reviewed"], "--reviewed: expected --merge with it.\n"],
  [
    ["apply", "dev", "data", "--reviewed", "--merge", merge],
    "--reviewed: expected no stacks: the review says which are applied.\n",
  ],
  [
    ["apply", "dev", "--reviewed", "--merge", merge],
    "GITHUB_TOKEN: expected a token for the GitHub API, but there is none. For example: export GITHUB_TOKEN=$(gh auth token)\n",
  ],
  [
    ["stale", "--environment", "dev"],
    "GITHUB_TOKEN: expected a token for the GitHub API, but there is none. For example: export GITHUB_TOKEN=$(gh auth token)\n",
  ],
])("names what is missing: %j", async (args, stderr) => {
  const more = args[0] === "apply" ? ["--work", "work", "--out", "plans"] : [];
  expect(await run(...args, "--synthesized", "out", ...more)).toEqual({ code: 1, stderr });
});
