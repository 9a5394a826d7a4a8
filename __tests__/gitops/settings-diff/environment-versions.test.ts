import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { environmentsAt } from "../../../gitops/settings-diff/environment-versions";
import { settingChanges } from "../../../gitops/settings-diff/setting-changes";
import { testFolder, write } from "../../support/folders";
import { environmentWith } from "../../support/synth";

const repository = testFolder();
const git = (...args: string[]) => execFileSync("git", args, { cwd: repository, stdio: "pipe" });
const commit = (files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) write(join(repository, "environments", name), text);
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "settings");
};

beforeAll(() => {
  git("init", "-q");
  commit({
    "prod.yaml": "retention: { processedDays: 30 }\nunknown: 1\n",
    "README.md": "not read",
    "broken.yaml": "a: [",
  });
  git("tag", "before");
  commit({ "prod.yaml": "retention: { processedDays: 40 }\n" });
});

it("reads the environments of a commit, not those on disk", async () => {
  const environments = await environmentsAt("before", repository);
  expect([...environments]).toEqual([
    ["broken", { name: "broken" }],
    ["prod", { name: "prod", retention: { processedDays: 30 }, unknown: 1 }],
  ]);
  expect((await environmentsAt("HEAD", repository)).get("prod")?.retention).toEqual({ processedDays: 40 });
});

it("compares with a file that an older version allowed, as far as it goes", async () => {
  const before = (await environmentsAt("before", repository)).get("prod");
  const changes = settingChanges(before, environmentWith("prod", { "retention.processedDays": 14 }), new Date());
  const told = changes.find(({ setting }) => setting === "retention.processedDays");
  expect(told?.words).toMatch(/^prod keeps processed images and their feature records 14 days instead of 30\. /);
  expect(changes.find(({ setting }) => setting === "unknown")?.words).toBe("prod: unknown is no longer set, it was 1.");
});

it.each(["nowhere", "--all", ""])("says that %j is no commit", async (revision) => {
  await expect(environmentsAt(revision, repository)).rejects.toThrow(
    `Expected a commit to compare with, but git knows no ${JSON.stringify(revision)} here. Fetch it, or name another with --base.`,
  );
});
