import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { gitHistory } from "../../../gitops/after-merge/history";
import { testFolder, write } from "../../support/folders";

const root = testFolder();
const place = join(root, "repository");
const git = (...args: string[]) => {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...args], {
    cwd: place,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
};
const commit = (name: string) => {
  write(join(place, name), name);
  git("add", name);
  git("commit", "-q", "-m", name);
  return git("rev-parse", "HEAD");
};

let first = "";
let branch = "";
beforeAll(() => {
  write(join(place, "x"));
  git("init", "-q", "-b", "main");
  first = commit("first");
  git("checkout", "-q", "-b", "branch");
  commit("one");
  branch = commit("two");
  git("checkout", "-q", "main");
});
beforeEach(() => {
  git("reset", "-q", "--hard", first);
});

it("knows the parents of a merge, the first of them on main", async () => {
  git("merge", "-q", "--no-ff", "-m", "merge", "branch");
  expect(await gitHistory(place).parents("HEAD")).toEqual([first, branch]);
});

it("knows the one parent of a squash, and the row that a rebase leaves", async () => {
  git("merge", "-q", "--squash", "branch");
  git("commit", "-q", "-m", "squash");
  expect(await gitHistory(place).parents("HEAD")).toEqual([first]);
  git("reset", "-q", "--hard", first);
  git("cherry-pick", `${first}..branch`);
  expect(await gitHistory(place).parents("HEAD")).toHaveLength(1);
});

it("knows what came later, the newest first, as GitHub has it where that is known", async () => {
  const [second, third] = [commit("second"), commit("third")];
  expect(await gitHistory(place).after(first)).toEqual([third, second]);
  expect(await gitHistory(place).after(third)).toEqual([]);
  git("update-ref", "refs/remotes/origin/main", second);
  expect(await gitHistory(place).after(first)).toEqual([second]);
  git("update-ref", "-d", "refs/remotes/origin/main");
});

it("knows what came before, the newest first, and of a merge not what it brought", async () => {
  git("merge", "-q", "--no-ff", "-m", "merge", "branch");
  const merged = git("rev-parse", "HEAD");
  expect(await gitHistory(place).before(commit("fourth"))).toEqual([merged, first]);
  expect(await gitHistory(place).before(first)).toEqual([]);
});

it("says that it lacks the commits before, or the commit itself", async () => {
  await expect(gitHistory(place).parents(first)).rejects.toThrow(
    `Expected commits before ${first.slice(0, 12)}, but ${place} has none: fetch the whole history (fetch-depth: 0).`,
  );
  await expect(gitHistory(place).parents("0".repeat(40))).rejects.toThrow(
    `git rev-list in ${place}: fatal: bad object ${"0".repeat(40)}`,
  );
});
