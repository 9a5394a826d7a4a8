import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { knownCommit } from "../../gitops/known-commit";
import { testFolder } from "../support/folders";

const root = testFolder();
const [repository, copy] = [join(root, "repository"), join(root, "copy")];
const git = (...args: string[]) => execFileSync("git", args, { cwd: repository, encoding: "utf8" }).trim();

beforeAll(() => {
  for (const folder of [repository, copy]) mkdirSync(folder);
  git("init", "-q");
  git("-c", "user.name=t", "-c", "user.email=t@example.test", "commit", "-q", "--allow-empty", "-m", "x");
});

it("finds a commit by whatever git takes for one", async () => {
  expect(await knownCommit("HEAD", repository)).toBe(git("rev-parse", "HEAD"));
});

it.each(["nope", "--json", "HEAD^{tree}"])("says that git knows no %s", async (revision) => {
  await expect(knownCommit(revision, repository)).rejects.toThrow(
    `Expected a commit to compare with, but git knows no ${JSON.stringify(revision)} here. Fetch it, or name another with --base.`,
  );
});

it("says of a copy of the files that it is no repository", async () => {
  await expect(knownCommit("HEAD", copy)).rejects.toThrow(
    "Expected a commit to compare with, but this folder is no git repository: clone it instead of copying its files.",
  );
});
