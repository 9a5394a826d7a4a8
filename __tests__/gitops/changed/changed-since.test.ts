import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { markerFolder, markerText } from "../../../gitops/after-merge/follow-up-marker";
import { changedSince } from "../../../gitops/changed/changed";
import { UserError } from "../../../gitops/user-error";
import { testFolder, write } from "../../support/folders";
import { writeSynthesized } from "../../support/synthesized";

const place = testFolder();
const git = (...args: string[]) => {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...who, ...args], { cwd: place, stdio: "pipe" });
};
/** A repository whose stacks lie in it ready to be copied. */
const commit = (data: string) => {
  writeSynthesized(join(place, "stacks"), "prod", {
    network: {},
    data: { output: { name: data } },
    compute: { dependencies: ["data"] },
  });
  git("add", ".");
  git("commit", "-q", "--allow-empty", "-m", "x");
  cpSync(join(place, "stacks"), join(place, "cdktf.out"), { recursive: true });
};
const changed = async (base = "HEAD^1") => {
  const progress = () => {};
  const found = await changedSince(base, { repository: place, present: join(place, "cdktf.out"), progress });
  return { ...found, stacks: found.stacks.map(({ stack, because }) => [stack, because]) };
};

beforeAll(() => {
  mkdirSync(join(place, "node_modules"));
  write(join(place, ".gitignore"), "node_modules\ncdktf.out\n");
  write(join(place, "package-lock.json"), "{}");
  write(join(place, "package.json"), JSON.stringify({ scripts: { bundle: "true", synth: "cp -r stacks cdktf.out" } }));
  git("init", "-q", "-b", "main");
  commit("a");
});

it("finds what is synthesized differently, and what depends on it", async () => {
  commit("b");
  expect(await changed()).toEqual({
    base: "HEAD^1",
    stacks: [
      ["prod-data", "configuration"],
      ["prod-compute", "upstream"],
    ],
  });
});

it("tells the stacks that are gone, with the place of their state", async () => {
  writeSynthesized(join(place, "cdktf.out"), "prod", { data: {} });
  expect((await changed("HEAD")).removed).toEqual([
    expect.objectContaining({ stack: "prod-compute" }),
    {
      environment: "prod",
      stack: "prod-network",
      state: { bucket: "darkroom-test-prod-state", key: "network.tfstate", region: "eu-central-1" },
    },
  ]);
});

it("counts what a follow-up names as changed, too, or as removed where it says which commit still has it", async () => {
  const marker = { pullRequest: 12, merge: "c".repeat(40), environment: "prod", run: "80-1" };
  const stacks = ["prod-network", "prod-data", "prod-gone", "prod-left"];
  const removedFrom = { "prod-left": "d".repeat(40) };
  write(join(place, markerFolder, "12-prod.json"), markerText({ ...marker, stacks, removedFrom }));
  commit("b");
  expect(await changed()).toEqual({
    base: "HEAD^1",
    stacks: [
      ["prod-data", "all"],
      ["prod-network", "all"],
    ],
    removed: [{ environment: "prod", stack: "prod-left", from: removedFrom["prod-left"] }],
  });
  commit("c");
  expect((await changed()).stacks).toEqual([
    ["prod-data", "configuration"],
    ["prod-compute", "upstream"],
  ]);
});

it("counts everything as changed where there is nothing to compare with", async () => {
  expect(await changed("nowhere")).toEqual({
    base: "nowhere",
    allBecause: "nowhere could not be synthesized: fatal: invalid reference: nowhere",
    stacks: [
      ["prod-data", "all"],
      ["prod-compute", "all"],
      ["prod-network", "all"],
    ],
  });
});

it("compares with what is being synthesized when it is there, and fails when it can't be, whatever was there before", async () => {
  commit("d");
  const options = { repository: place, present: join(place, "cdktf.out"), progress: () => {} };
  rmSync(options.present, { recursive: true });
  const synthesized = new Promise<void>((resolve) => {
    setImmediate(() => {
      cpSync(join(place, "stacks"), options.present, { recursive: true });
      resolve();
    });
  });
  expect((await changedSince("HEAD", { ...options, synthesized })).stacks).toEqual([]);
  const fault = new UserError("The stacks of this tree could not be synthesized.");
  for (const base of ["HEAD", "nowhere"])
    await expect(changedSince(base, { ...options, synthesized: Promise.reject(fault) })).rejects.toBe(fault);
});
