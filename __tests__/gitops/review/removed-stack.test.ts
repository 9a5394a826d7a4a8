import { execFile } from "node:child_process";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { applyEnvironment } from "../../../gitops/apply-environment";
import { changedStacks, removedStacks } from "../../../gitops/changed/compare-outputs";
import { readChanged } from "../../../gitops/changed/read-changed";
import { type EnvironmentOptions, openContext } from "../../../gitops/options";
import { PlanStore } from "../../../gitops/review/plan-store";
import { destroyLines } from "../../../gitops/review/removed-stack";
import { reviewEnvironment } from "../../../gitops/review/review-environment";
import { FolderStore } from "../../../gitops/store/folder-store";
import { childEnvironment } from "../../../gitops/terraform/run";
import { testAccount } from "../../support/account";
import { testFolder, write } from "../../support/folders";
import { stateBucket, type TestStack, testRegion, writeSynthesized } from "../../support/synthesized";
import { describeWithProvider } from "../../support/terraform";

const root = testFolder();
const minutes = 60_000;
const base = "2".repeat(40);
const topic = (name: string): TestStack => ({ resource: { aws_sns_topic: { topic: { name } } } });

describeWithProvider("a stack that a pull request removes", (terraform) => {
  const account = testAccount(root);
  const before = join(root, "base", "cdktf.out");
  const after = join(root, "after");
  const options = (outFolder: string): EnvironmentOptions => ({
    environment: "dev",
    outFolder,
    workFolder: join(root, "work"),
    env: account.env(),
    terraform,
  });
  const review = async () => {
    const changed = { base, stacks: changedStacks(before, after), removed: removedStacks(before, after) };
    return reviewEnvironment(await openContext(options(after)), {
      reviewed: {
        ...{ pullRequest: 12, head: "1".repeat(40), base, mergeTree: "3".repeat(40) },
        run: { id: "1", attempt: 1 },
      },
      // As it comes from the job before.
      changed: readChanged(write(join(root, "changed.json"), JSON.stringify(changed))),
      settings: [],
      store: new PlanStore(new FolderStore(join(root, "store"))),
      now: () => new Date(),
    });
  };
  const shell = (line: string) =>
    new Promise<number>((resolve) => {
      const env = { ...childEnvironment(account.env(), terraform.source), TF_INPUT: "" };
      const child = execFile("/bin/sh", ["-c", line], { cwd: join(root, "base"), env }, () =>
        resolve(child.exitCode ?? 1),
      );
      child.stdin?.end("yes\n");
    });

  it(
    "is told with what AWS still has of it, until the lines that it names have destroyed that",
    async () => {
      const where = { LocationConstraint: testRegion } as const;
      await account
        .s3()
        .send(new CreateBucketCommand({ Bucket: stateBucket("dev"), CreateBucketConfiguration: where }));
      writeSynthesized(before, "dev", { network: topic("n"), reports: topic("r"), unused: topic("u") });
      await applyEnvironment({ ...options(before), stacks: ["network", "reports"] });
      writeSynthesized(after, "dev", { network: topic("n") });

      const { leftBehind, stacks } = await review();
      expect(stacks).toEqual([]);
      expect(leftBehind).toEqual([
        {
          stack: "dev-reports",
          resources: 1,
          words: [
            "dev-reports is removed, but 1 resource of it would stay in AWS, cost money and not be watched.",
            "Leave the stack without resources first: that plan shows what is destroyed, and the gate holds it. Remove the stack afterwards.",
            "Or destroy them by hand, and run this plan again:",
            `  git checkout ${base} && npm ci && npm run bundle && npm run synth -- dev`,
            "  terraform -chdir=cdktf.out/stacks/dev-reports init",
            "  terraform -chdir=cdktf.out/stacks/dev-reports destroy",
          ].join("\n"),
        },
      ]);

      for (const line of destroyLines("dev", "dev-reports", base).slice(1)) expect(await shell(line)).toBe(0);
      expect(await review()).not.toHaveProperty("leftBehind");
    },
    5 * minutes,
  );
});
