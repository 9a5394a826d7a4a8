import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { applyEnvironment } from "../../../gitops/apply-environment";
import { changedStacks, removedStacks } from "../../../gitops/changed/compare-outputs";
import { readChanged } from "../../../gitops/changed/read-changed";
import { type Context, openContext } from "../../../gitops/options";
import { byHand, destroyLines } from "../../../gitops/removed/by-hand";
import { findRemoved } from "../../../gitops/removed/find-removed";
import { PlanStore } from "../../../gitops/review/plan-store";
import { leftBehind } from "../../../gitops/review/removed-stack";
import { reviewEnvironment } from "../../../gitops/review/review-environment";
import { applyReviewedEnvironment } from "../../../gitops/reviewed/apply-reviewed-environment";
import { FolderStore } from "../../../gitops/store/folder-store";
import { childEnvironment } from "../../../gitops/terraform/child-environment";
import { configurationHash } from "../../../gitops/terraform/configuration";
import { withRemoved } from "../../../gitops/terraform/removal-order";
import { parseState } from "../../../gitops/terraform/state";
import { testAccount } from "../../support/account";
import { testFolder, write } from "../../support/folders";
import { stateBucket, type TestStack, testRegion, writeSynthesized } from "../../support/synthesized";
import { describeWithProvider } from "../../support/terraform";

const root = testFolder();
const minutes = 60_000;
const topic = (name: string, more: object = {}): TestStack => ({
  resource: { aws_sns_topic: { topic: { name, ...more } } },
});
const reading = (output: string): TestStack => ({
  ...topic("reports", { display_name: `\${data.terraform_remote_state.network.outputs.${output}}` }),
  ...{ reads: ["network"], dependencies: ["network"] },
});

describeWithProvider("a stack that a pull request removes", (terraform) => {
  const account = testAccount(root);
  /** A repository whose stacks lie in it ready to be copied. */
  const repository = join(root, "repository");
  const output = join(repository, "cdktf.out");
  const store = new PlanStore(new FolderStore(join(root, "store")));
  let [number, base] = [0, ""];

  const git = (...args: string[]): string => {
    const who = ["-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...who, ...args], { cwd: repository, encoding: "utf8" }).trim();
  };
  /** What main has from now on. */
  const commit = (layers: Readonly<Record<string, TestStack>>): void => {
    writeSynthesized(join(repository, "stacks"), "dev", layers);
    git("add", ".");
    git("commit", "-q", "-m", "x");
    base = git("rev-parse", "HEAD");
    synthesized(layers);
  };
  const synthesized = (layers: Readonly<Record<string, TestStack>>): void => writeSynthesized(output, "dev", layers);
  /** Each job starts on a computer of its own. */
  const options = () => ({
    ...{ environment: "dev", outFolder: output, workFolder: join(root, `job-${number++}`), env: account.env() },
    terraform,
  });
  const apply = async (...stacks: string[]) => {
    const results = await applyEnvironment({ ...options(), stacks });
    expect(results.map(({ outcome, error }) => [outcome, error])).toEqual(stacks.map(() => ["applied", undefined]));
  };
  /** As `npm run changed` finds them, through its file. */
  const changedNow = () => {
    const before = join(root, "before");
    rmSync(before, { recursive: true, force: true });
    cpSync(join(repository, "stacks"), before, { recursive: true });
    const changed = { base, stacks: changedStacks(before, output), removed: removedStacks(before, output) };
    return readChanged(write(join(root, "changed.json"), JSON.stringify(changed)));
  };
  const finder = ({ workFolder, readState }: Context) => {
    const place = { environment: "dev", base, repository, folder: join(workFolder, "removed") };
    return (removed: Parameters<typeof findRemoved>[0]) =>
      findRemoved(removed, { ...place, readState, progress: () => {} });
  };
  const review = async () => {
    const context = await openContext(options());
    const head = String(number).padStart(40, "0");
    const result = await reviewEnvironment(context, {
      reviewed: {
        ...{ pullRequest: 12, head, base, mergeTree: "3".repeat(40) },
        run: { id: "1", attempt: 1 },
      },
      changed: changedNow(),
      findRemoved: finder(context),
      settings: [],
      store,
      now: () => new Date(),
    });
    return { ...result, manifests: await store.manifests(12, head) };
  };
  /** As after the merge. */
  const applyReviewed = async ({ manifests }: Awaited<ReturnType<typeof review>>) => {
    const context = await openContext(options());
    const { stacks, removed = [] } = changedNow();
    const destroyed = await finder(context)(removed);
    const done: string[] = [];
    const progress: Context["progress"] = ({ stack = "", step }) => {
      if (step === "done") done.push(stack);
    };
    const changed = [...stacks.map(({ stack }) => stack), ...destroyed.map(({ name }) => name)];
    const all = withRemoved(context.allStacks, destroyed);
    const results = await applyReviewedEnvironment(
      { ...context, progress },
      { manifests, changed, stacks: all, store },
    );
    return {
      done,
      errors: results.map(({ error }) => error),
      results: results.map(({ stack, outcome, used, plannedAnew, applied }) => [
        ...[stack, outcome, used, plannedAnew],
        applied.destroy,
      ]),
    };
  };
  const state = { Bucket: stateBucket("dev"), Key: "reports.tfstate" };
  const stateNow = async () => {
    const { Body } = await account.s3().send(new GetObjectCommand(state));
    return parseState((await Body?.transformToString()) ?? "", state.Key);
  };
  const shell = (line: string) =>
    new Promise<number>((resolve) => {
      const env = { ...childEnvironment(account.env(), terraform.source), TF_INPUT: "" };
      const child = execFile("/bin/sh", ["-c", line], { cwd: repository, env }, () => resolve(child.exitCode ?? 1));
      child.stdin?.end("yes\n");
    });

  beforeAll(async () => {
    mkdirSync(join(repository, "node_modules"), { recursive: true });
    write(join(repository, ".gitignore"), "node_modules\ncdktf.out\n");
    write(join(repository, "package-lock.json"), "{}");
    const scripts = { bundle: "true", synth: "cp -r stacks cdktf.out" };
    write(join(repository, "package.json"), JSON.stringify({ scripts }));
    git("init", "-q", "-b", "main");
    const where = { LocationConstraint: testRegion } as const;
    await account.s3().send(new CreateBucketCommand({ Bucket: stateBucket("dev"), CreateBucketConfiguration: where }));
    commit({ network: { ...topic("n"), output: { name: "n" } }, reports: reading("name"), unused: topic("u") });
    await apply("network", "reports");
  }, 5 * minutes);

  // One environment goes through its life, so these tests build upon each other.
  it(
    "is planned to be destroyed, held, and destroyed by that very plan, before what it read goes",
    async () => {
      synthesized({ network: topic("n") });
      const reviewed = await review();
      expect(reviewed).not.toHaveProperty("leftBehind");
      expect(
        reviewed.stacks.map(({ because, plan }) => [plan.stack, because, plan.outcome, plan.changes.counts]),
      ).toEqual([
        ["dev-network", "configuration", "changes", { add: 0, change: 0, destroy: 0, replace: 0 }],
        ["dev-reports", "removed", "changes", { add: 0, change: 0, destroy: 1, replace: 0 }],
      ]);
      expect(reviewed.stacks[1]?.plan.gates).toEqual([
        { kind: "stack-removed", subject: "dev-reports", words: "It is removed: 1 resource is destroyed." },
      ]);
      const manifest = reviewed.manifests.find(({ stack }) => stack === "dev-reports");
      expect(manifest).toMatchObject({ removedFrom: base, counts: { destroy: 1 } });
      expect(manifest?.binding.configSha256).toBe(configurationHash(join(repository, "stacks/stacks/dev-reports")));
      expect(reviewed.manifests.find(({ stack }) => stack === "dev-network")).not.toHaveProperty("removedFrom");

      const { done, results } = await applyReviewed(reviewed);
      expect(results).toEqual([
        ["dev-reports", "applied", "reviewed", undefined, 1],
        ["dev-network", "applied", "reviewed", undefined, 0],
      ]);
      expect(done).toEqual(["dev-reports", "dev-network"]);
      expect((await stateNow()).resources).toEqual([]);
      expect((await review()).stacks.map(({ plan }) => plan.stack)).toEqual(["dev-network"]);
    },
    5 * minutes,
  );

  it(
    "is planned anew when its state has moved, and destroyed only if that does the same",
    async () => {
      commit({ network: topic("n"), reports: topic("reports", { display_name: "one" }) });
      await apply("reports");
      synthesized({ network: topic("n") });
      const first = await review();
      synthesized({ network: topic("n"), reports: topic("reports", { display_name: "two" }) });
      await apply("reports");
      synthesized({ network: topic("n") });
      const moved = (from: number, to: number) =>
        `the state has moved on since it was planned (serial ${from}, now ${to})`;
      const now = (await stateNow()).serial;
      expect((await applyReviewed(first)).results).toEqual([
        [
          "dev-reports",
          "refused",
          "none",
          `${moved(now - 1, now)}, and a plan made now does not do what was reviewed`,
          0,
        ],
      ]);

      const second = await review();
      const Body = JSON.stringify({ ...(await stateNow()), serial: now + 1 });
      await account.s3().send(new PutObjectCommand({ ...state, Body }));
      expect((await applyReviewed(second)).results).toEqual([
        ["dev-reports", "applied", "anew", moved(now, now + 1), 1],
      ]);
      expect((await stateNow()).resources).toEqual([]);
    },
    5 * minutes,
  );

  it(
    "is planned also where what it reads is gone; where it is protected, the fault says so and what to do",
    async () => {
      commit({ network: topic("n"), reports: topic("reports", { lifecycle: { prevent_destroy: true } }) });
      await apply("reports");
      synthesized({ network: topic("n") });
      const [{ plan } = { plan: undefined }] = (await review()).stacks;
      expect(plan?.outcome).toBe("failed");
      expect(plan?.error).toContain("Instance cannot be destroyed");
      expect(plan?.error?.endsWith(`\n${byHand("dev", "dev-reports", base)}`)).toBe(true);

      commit({ network: topic("n"), reports: reading("gone") });
      synthesized({ network: topic("n") });
      const [{ plan: unprotected } = { plan: undefined }] = (await review()).stacks;
      expect([unprotected?.outcome, unprotected?.changes.counts.destroy]).toEqual(["changes", 1]);

      commit({ network: topic("n"), reports: topic("reports") });
      for (const line of destroyLines("dev", "dev-reports", base).slice(1)) expect(await shell(line)).toBe(0);
      synthesized({ network: topic("n") });
      expect((await review()).stacks).toEqual([]);
    },
    5 * minutes,
  );

  it(
    "fails as Terraform says where a bucket holds objects, and what is left is destroyed by a further plan",
    async () => {
      const Bucket = "darkroom-test-dev-reports";
      const bucket = { aws_s3_bucket: { bucket: { bucket: Bucket } } };
      commit({ network: topic("n"), reports: { resource: { ...topic("reports").resource, ...bucket } } });
      await apply("reports");
      const kept = { Bucket, Key: "kept" };
      await account.s3().send(new PutObjectCommand({ ...kept, Body: "x" }));
      synthesized({ network: topic("n") });
      const { results, errors } = await applyReviewed(await review());
      expect(results).toEqual([["dev-reports", "failed", "reviewed", undefined, 0]]);
      expect(errors[0]).toContain("BucketNotEmpty");
      expect(errors[0]?.endsWith(`\n${byHand("dev", "dev-reports", base)}`)).toBe(true);
      expect((await stateNow()).resources.map(({ type }) => type)).toEqual(["aws_s3_bucket"]);

      await account.s3().send(new DeleteObjectCommand(kept));
      expect((await applyReviewed(await review())).results).toEqual([
        ["dev-reports", "applied", "reviewed", undefined, 1],
      ]);
      expect((await stateNow()).resources).toEqual([]);
    },
    5 * minutes,
  );

  it("is left to an administrator where it is the bootstrap stack", async () => {
    const resources = [{ mode: "managed", type: "aws_s3_bucket", name: "state", instances: [{ attributes: {} }] }];
    const found = { version: 4, lineage: "l", serial: 1, outputs: {}, resources } as const;
    const place = { bucket: "b", key: "k", region: "r" };
    const removed = ["bootstrap", "data"].map((layer) => ({ environment: "dev", stack: `dev-${layer}`, state: place }));
    const read = async () => ({ kind: "state" as const, state: { ...found, resources } });
    expect(await leftBehind(removed, base, read)).toEqual([
      {
        stack: "dev-bootstrap",
        resources: 1,
        words: [
          "dev-bootstrap is removed, but 1 resource of it would stay in AWS, cost money and not be watched. No merge destroys it:",
          "an administrator does, after all other stacks of the environment, and runs this plan again:",
          `  git checkout ${base} && npm ci && npm run bundle && npm run synth -- dev`,
          "  terraform -chdir=cdktf.out/stacks/dev-bootstrap init",
          "  TF_VAR_phase=apply terraform -chdir=cdktf.out/stacks/dev-bootstrap destroy",
        ].join("\n"),
      },
    ]);
  });
});
