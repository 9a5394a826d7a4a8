import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { testFolder, write } from "../support/folders";
import { workflowsFolder } from "./workflow";

const root = repositoryFolder();
/** Where the set-up of `npm test` puts the tools. */
const tools = join(root, ".cache", "workflow-checks", "bin");
const folder = testFolder();

/** A repository with nothing but .github in it, so that no settings of this computer count. */
beforeAll(() => {
  cpSync(join(root, ".github"), join(folder, ".github"), { recursive: true });
  execFileSync("git", ["init", "--quiet", folder]);
});

function check(tool: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(tools, tool), args, {
    cwd: folder,
    encoding: "utf8",
    // shellcheck, which actionlint asks about shell, stands beside it.
    env: { ...process.env, PATH: [tools, process.env.PATH].join(delimiter), NO_COLOR: "1" },
  });
  return { status, said: `${stdout}${stderr}`.trim() };
}

it("finds nothing with actionlint", () => {
  expect(check("actionlint")).toEqual({ status: 0, said: "" });
});

it("finds nothing with zizmor, offline and strict", () => {
  const { status, said } = check("zizmor", "--offline", "--quiet", "--persona", "pedantic", "--no-ignores", ".");
  expect([status, said]).toEqual([0, "No findings to report. Good job!"]);
});

it("ignores no finding anywhere", () => {
  const files = readdirSync(workflowsFolder).map((file) => readFileSync(join(workflowsFolder, file), "utf8"));
  expect(files.filter((text) => /zizmor:\s*ignore|shellcheck disable/.test(text))).toEqual([]);
  expect(readdirSync(join(root, ".github")).sort()).toEqual(["CODEOWNERS", "dependabot.yml", "workflows"]);
});

it("would find what is wrong", () => {
  const text =
    "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo $x\n        iff: 1\n";
  const file = write(join(folder, ".github", "workflows", "wrong.yml"), text);
  try {
    expect(check("actionlint", file)).toMatchObject({ status: 1, said: expect.stringMatching(/SC2086[\s\S]*"iff"/) });
    expect(check("zizmor", "--offline", "--quiet", file).said).toContain("dangerous-triggers");
  } finally {
    rmSync(file);
  }
});
