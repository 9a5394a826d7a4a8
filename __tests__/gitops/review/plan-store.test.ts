import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReviewManifest } from "../../../gitops/review/manifest";
import { PlanStore } from "../../../gitops/review/plan-store";
import { FolderStore } from "../../../gitops/store/folder-store";
import { testFolder, write } from "../../support/folders";

const folder = testFolder();
const plan = { plan: write(join(folder, "plan"), "a plan"), lock: write(join(folder, "lock"), "a lock") };
const files = (name: string) => ({ plan: join(folder, name), lock: join(folder, `${name}.lock`) });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const head = "1".repeat(40);
const manifest = (more: Partial<ReviewManifest> = {}): ReviewManifest => ({
  version: 1,
  pullRequest: 12,
  head,
  base: "2".repeat(40),
  mergeTree: "3".repeat(40),
  environment: "prod",
  stack: "prod-data",
  outcome: "changes",
  binding: {
    backend: "s3",
    endpoint: "aws",
    terraform: "terraform 1.11.4",
    configSha256: "4".repeat(64),
    lockSha256: sha256("a lock"),
    state: { lineage: "l", serial: 7 },
    upstream: [],
    planSha256: sha256("a plan"),
  },
  changesSha256: "6".repeat(64),
  counts: { add: 0, change: 1, destroy: 0, replace: 0 },
  gates: [],
  run: { id: "77", attempt: 1 },
  createdAt: "2026-01-01T00:00:00Z",
  ...more,
});
let number = 0;
const store = () => {
  const place = join(folder, `store-${number++}`);
  return { place, plans: new PlanStore(new FolderStore(place)) };
};
const keyOf = "reviews/pr-12/1111111111111111111111111111111111111111/77-1/prod/prod-data";

it("gives back the plan that was kept, for its owner alone", async () => {
  const { plans, place } = store();
  await plans.put(manifest(), plan);
  expect(existsSync(join(place, keyOf, "plan.tfplan"))).toBe(true);
  expect(await plans.manifests(12, head)).toEqual([manifest()]);
  expect(await plans.fetch(manifest(), files("fetched"))).toBe("fetched");
  const fetched = Object.values(files("fetched"));
  expect(fetched.map((file) => readFileSync(file, "utf8"))).toEqual(["a plan", "a lock"]);
  expect(fetched.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
});

it("tells a plan that is gone and one that was altered from the one that was reviewed", async () => {
  const { plans, place } = store();
  await plans.put(manifest(), plan);
  const altered = join(place, keyOf, "terraform.lock.hcl");
  writeFileSync(altered, "another lock");
  expect(await plans.fetch(manifest(), files("altered"))).toBe("altered");
  writeFileSync(altered, "a lock");
  writeFileSync(join(place, keyOf, "plan.tfplan"), "another plan");
  expect(await plans.fetch(manifest(), files("altered"))).toBe("altered");
  expect(existsSync(join(folder, "altered"))).toBe(false);
  expect(await plans.fetch(manifest({ stack: "prod-compute" }), files("missing"))).toBe("missing");
});

it("never overwrites a plan", async () => {
  const { plans, place } = store();
  await plans.put(manifest(), plan);
  await expect(plans.put(manifest(), plan)).rejects.toThrow(
    `${place}/${keyOf}/: a plan is kept there already, and plans are never overwritten: start the run anew.`,
  );
});

it("lists the newest run first, and of no other pull request and commit", async () => {
  const { plans } = store();
  const newer = manifest({ run: { id: "78", attempt: 2 }, createdAt: "2026-01-02T00:00:00Z" });
  await plans.put(manifest(), plan);
  await plans.put(newer, plan);
  await plans.put(manifest({ pullRequest: 1 }), plan);
  await plans.put(manifest({ head: "9".repeat(40) }), plan);
  expect(await plans.manifests(12, head)).toEqual([newer, manifest()]);
});

it("leaves out a manifest that is broken, or lies where another one belongs", async () => {
  const { plans, place } = store();
  await plans.put(manifest(), plan);
  const foreign = JSON.stringify(manifest({ pullRequest: 13 }));
  for (const [stack, text] of Object.entries({
    "prod-compute": "{",
    "prod-network": "{}",
    "prod-streaming": foreign,
  })) {
    write(join(place, keyOf, "..", stack, "manifest.json"), text);
  }
  expect(await plans.manifests(12, head)).toEqual([manifest()]);
});
