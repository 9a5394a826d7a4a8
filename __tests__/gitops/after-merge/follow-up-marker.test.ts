import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { followUpStacks, markerFolder, markerText } from "../../../gitops/after-merge/follow-up-marker";
import { testFolder, write } from "../../support/folders";

const place = testFolder();
const git = (...args: string[]) => {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...who, ...args], { cwd: place, stdio: "pipe" });
};
const marker = (name: string, stacks: string[], run = "80-1", removedFrom?: Record<string, string>) =>
  write(
    join(place, markerFolder, name),
    markerText({
      pullRequest: 12,
      merge: "c".repeat(40),
      environment: "prod",
      stacks,
      run,
      ...(removedFrom && { removedFrom }),
    }),
  );
const all = () => {
  git("add", ".");
  git("commit", "-q", "--allow-empty", "-m", "x");
};

it("names the stacks of markers that came or changed, and of no others", async () => {
  git("init", "-q", "-b", "main");
  marker("11-prod.json", ["prod-network"]);
  marker("10-prod.json", ["prod-compute"]);
  all();
  expect(await followUpStacks("HEAD", place)).toEqual({ stacks: [], removed: [] });
  marker("11-prod.json", ["prod-network"], "81-1");
  const from = "b".repeat(40);
  marker("12-prod.json", ["prod-data", "prod-compute"], "80-1", { "prod-data": from });
  write(join(place, markerFolder, "README.md"), "words");
  git("rm", "-q", join(markerFolder, "10-prod.json"));
  all();
  expect(await followUpStacks("HEAD^1", place)).toEqual({
    stacks: ["prod-compute", "prod-data", "prod-network"],
    removed: [{ environment: "prod", stack: "prod-data", from }],
  });
});

it("says what is wrong with one", async () => {
  const file = marker("13-prod.json", []);
  all();
  await expect(followUpStacks("HEAD^1", place)).rejects.toThrow(`Expected the marker of a follow-up in ${file}, but `);
  await expect(followUpStacks("nowhere", place)).rejects.toThrow("git can't compare nowhere with this tree: ");
});
