import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../../environments/load";
import { repositoryFolder } from "../../../environments/repository";
import type { GeneralCheck } from "../../../gitops/doctor/check";
import { git } from "../../../gitops/doctor/checks/git";
import { githubSettings } from "../../../gitops/doctor/checks/github";
import { packages } from "../../../gitops/doctor/checks/packages";
import { pins } from "../../../gitops/doctor/checks/pins";
import { provider } from "../../../gitops/doctor/checks/provider";
import { settingsFindings } from "../../../gitops/doctor/checks/settings";
import { tools } from "../../../gitops/doctor/checks/tools";
import { githubClient } from "../../../gitops/github/client";
import { setUpRepository } from "../../../gitops/repository/set-up-repository";
import { wantedOf } from "../../../gitops/repository/wanted";
import { testFolder, write, writeScript } from "../../support/folders";
import { localGithub } from "../../support/github/github";

const root = testFolder();
const repository = repositoryFolder();
const now = new Date("2026-11-01T00:00:00Z");
const githubAnswers = localGithub();

const look = async ({ look: of }: GeneralCheck, folder: string, env: NodeJS.ProcessEnv = {}) =>
  (await of({ root: folder, env: { PATH: process.env.PATH, HOME: root, ...env }, now })).map(
    ({ status, text, mend }) => [status, text, ...(mend ? [mend] : [])],
  );

const inGit = (folder: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args], { cwd: folder, stdio: "pipe" });

describe("tools", () => {
  it("finds the ones of this computer", async () => {
    expect(await look(tools, repository, process.env)).toEqual([
      ["ok", "Node.js, Python and Terraform are there and new enough"],
    ]);
  });

  it("says which is too old and how to get a newer one", async () => {
    const old = writeScript(join(root, "bin", "old"), [`echo '{"terraform_version": "1.9.8"}'`]);
    expect(await look(tools, repository, { ...process.env, TERRAFORM_BINARY_NAME: old })).toEqual([
      ["fault", `Terraform 1.9.8 (${old}) is too old`, expect.stringMatching(/^install Terraform 1\.10 or newer/)],
    ]);
  });
});

describe("packages", () => {
  const lock = (version: string) => JSON.stringify({ packages: { "": {}, "node_modules/a": { version } } });

  it("compares what is installed with the lock file", async () => {
    const folder = join(root, "packages");
    write(join(folder, "package-lock.json"), lock("1.0.1"));
    const fault = ["fault", "node_modules is not what package-lock.json says", "npm ci"];
    expect(await look(packages, folder)).toEqual([fault]);
    write(join(folder, "node_modules", ".package-lock.json"), lock("1.0.0"));
    expect(await look(packages, folder)).toEqual([fault]);
    write(join(folder, "node_modules", ".package-lock.json"), lock("1.0.1"));
    expect(await look(packages, folder)).toEqual([["ok", "node_modules is what package-lock.json says"]]);
  });
});

describe("AWS provider", () => {
  it("says that it is looked for by a Terraform that is not there", async () => {
    expect(await look(provider, root, { TERRAFORM_BINARY_NAME: "/nowhere/terraform" })).toEqual([
      [
        "unchecked",
        expect.stringMatching(/^is looked for by Terraform, which can't be run: Terraform 1\.10\.0 or later/),
      ],
    ]);
  });

  it("finds it where the user's configuration says", async () => {
    const file = write(
      join(root, "mirror.tfrc"),
      `provider_installation {\n  filesystem_mirror {\n    path = "/m"\n  }\n}\n`,
    );
    expect(await look(provider, root, { TF_CLI_CONFIG_FILE: file })).toEqual([["ok", `comes from where ${file} says`]]);
  });
});

describe("git", () => {
  const origin = join(root, "origin");
  const clone = join(root, "clone");

  beforeAll(() => {
    write(join(origin, "environments", "dev.yaml"), "a: 1\n");
    inGit(origin, "init", "--quiet", "-b", "main");
    inGit(origin, "add", ".");
    inGit(origin, "commit", "--quiet", "-m", "one");
    execFileSync("git", ["clone", "--quiet", origin, clone]);
  });

  it("says what a folder that is no checkout lacks", async () => {
    expect(await look(git, root)).toEqual([
      ["fault", "this folder is no checkout, so nothing can be compared with main", "git clone the repository"],
    ]);
  });

  it("finds nothing in a fresh clone", async () => {
    expect(await look(git, clone)).toEqual([["ok", "branch main, nothing begun and not ended"]]);
  });

  it("finds settings that are not committed, commits that are missing, a merge that has not ended, and a left work tree", async () => {
    write(join(origin, "environments", "dev.yaml"), "a: 2\n");
    inGit(origin, "commit", "--quiet", "-am", "two");
    inGit(clone, "fetch", "--quiet");
    write(join(clone, "environments", "dev.yaml"), "a: 3\n");
    const missing = ["warning", "1 commits of origin/main, as last fetched, are not in here", "git merge origin/main"];
    expect(await look(git, clone)).toEqual([
      [
        "warning",
        "environments/dev.yaml is not committed: a plan here shows what no review has",
        "git add, git commit",
      ],
      missing,
    ]);
    inGit(clone, "commit", "--quiet", "-am", "three");
    expect(() => inGit(clone, "merge", "origin/main")).toThrow();
    const tree = join(root, "darkroom-base-x", "tree");
    inGit(clone, "worktree", "add", "--detach", "--quiet", tree, "HEAD");
    expect(await look(git, clone)).toEqual([
      ["fault", "a merge is begun and not ended", "git merge --continue, or: git merge --abort"],
      expect.arrayContaining([expect.stringContaining("environments/dev.yaml is not committed")]),
      missing,
      ["warning", `a killed comparison has left ${tree}`, `git worktree remove --force ${tree}`],
    ]);
  });

  it("finds a history that is cut off", async () => {
    const shallow = join(root, "shallow");
    execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${origin}`, shallow]);
    expect(await look(git, shallow)).toEqual([
      ["warning", "its history is cut off, so older commits can't be compared with", "git fetch --unshallow"],
    ]);
  });
});

describe("pins of actions", () => {
  it("finds every use pinned in this repository", async () => {
    expect(await look(pins, repository)).toEqual([
      ["ok", expect.stringMatching(/^all \d\d+ uses of actions are pinned to commits$/)],
    ]);
  });

  it("finds a tag in place of a commit, and two commits of one action", async () => {
    const folder = join(root, "pins");
    const [one, two] = ["1".repeat(40), "2".repeat(40)];
    write(
      join(folder, ".github", "workflows", "a.yml"),
      `      - uses: actions/checkout@${one} # v7.0.0\n      - uses: actions/cache@v5\n`,
    );
    write(join(folder, ".github", "workflows", "b.yml"), `      - uses: actions/checkout@${two} # v7.0.1\n`);
    expect(await look(pins, folder)).toEqual([
      [
        "fault",
        ".github/workflows/a.yml:2: actions/cache is not pinned to a commit",
        "write actions/cache@<40 hex digits> # v<version>",
      ],
      [
        "fault",
        ".github/workflows/b.yml:1: actions/checkout is pinned to another commit than in .github/workflows/a.yml:1",
        `write ${one} # v7.0.0`,
      ],
    ]);
  });
});

describe("settings", () => {
  const folder = join(root, "settings", "environments");

  it("tells the faults of a file with its line, and of the others that they are sound", () => {
    cpSync(join(repository, "environments", "dev.yaml"), write(join(folder, "dev.yaml")));
    const prod = readFileSync(join(repository, "environments", "prod.yaml"), "utf8");
    write(join(folder, "prod.yaml"), prod.replace(/processedDays: \d+/, "processedDays: soon"));
    const found = settingsFindings(folder, join(root, "settings"), [], now);
    expect(found.map(({ environment, status, text, mend }) => [environment, status, text, mend])).toEqual([
      ["dev", "ok", "environments/dev.yaml is sound", undefined],
      [
        "prod",
        "fault",
        expect.stringMatching(/prod\.yaml:\d+.*retention\.processedDays/),
        "edit environments/prod.yaml, then: npm run settings -- check prod",
      ],
    ]);
    expect(settingsFindings(folder, root, ["dev"], now)).toHaveLength(1);
  });
});

describe("GitHub", () => {
  const env = () => ({ GITHUB_TOKEN: "token-of-a-test", GITHUB_API_URL: githubAnswers.url });

  it("is not looked at without a token", async () => {
    expect(await look(githubSettings, repository)).toEqual([
      ["unchecked", "the repository's settings are not looked at: there is no GITHUB_TOKEN", "export GITHUB_TOKEN"],
    ]);
  });

  it("tells what differs from the settings, changes nothing, and is content once it is set up", async () => {
    expect(await look(githubSettings, repository, env())).toContainEqual([
      "fault",
      "image-platform/darkroom: merging: a merged branch is deleted: yes (now: no)",
      "npm run repository",
    ]);
    expect(githubAnswers.calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
    const client = githubClient(githubAnswers.context(), { wait: async () => {} });
    await setUpRepository(client, wantedOf(loadEnvironments()), { dryRun: false });
    expect(await look(githubSettings, repository, env())).toEqual([
      ["ok", "image-platform/darkroom is set up as the environment files say"],
    ]);
  });

  it("tells which workflows GitHub has put to sleep, for nothing else is red then", async () => {
    const of = (name: string, state: string) => ({ name, path: `.github/workflows/${name}.yml`, state });
    githubAnswers.repository.workflows = [
      of("apply", "active"),
      of("drift", "disabled_inactivity"),
      of("gone", "deleted"),
      { name: "Dependabot", path: "dynamic/dependabot", state: "disabled_manually" },
    ];
    expect(await look(githubSettings, repository, env())).toContainEqual([
      "fault",
      "GitHub does not run the workflow drift (.github/workflows/drift.yml: disabled_inactivity)",
      "gh workflow enable drift.yml",
    ]);
    expect(
      (await look(githubSettings, repository, env())).filter(([, text]) => String(text).includes("does not run")),
    ).toHaveLength(1);
    githubAnswers.repository.workflows = [];
  });

  it("says that the token is refused", async () => {
    expect(await look(githubSettings, repository, { ...env(), GITHUB_TOKEN: "another" })).toEqual([
      [
        "fault",
        expect.stringMatching(/^GitHub refuses the token at GET .* \(401\)/),
        "npm run repository -- --dry-run",
      ],
    ]);
  });
});

describe("npm run doctor", () => {
  it("also runs where nothing is installed, and says how to install it", () => {
    const folder = join(root, "bare");
    for (const part of ["gitops/doctor/start.mjs", "local/setup", "local/processes/watchdog.sh"]) {
      cpSync(join(repository, part), join(folder, part), { recursive: true });
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "gitops/doctor/start.mjs")], {
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "fault        Packages are not installed: npm ci\n",
      stderr: "",
    });
  });
});
