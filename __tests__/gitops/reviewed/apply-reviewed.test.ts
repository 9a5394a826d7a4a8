import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { applyEnvironment } from "../../../gitops/apply-environment";
import { type Context, openContext } from "../../../gitops/options";
import { planEnvironment, planExitCode } from "../../../gitops/plan-environment";
import { makeRecord } from "../../../gitops/record/make-record";
import { PlanStore } from "../../../gitops/review/plan-store";
import { reviewEnvironment } from "../../../gitops/review/review-environment";
import { applyReviewedEnvironment, type EnvironmentApply } from "../../../gitops/reviewed/apply-reviewed-environment";
import { FolderStore } from "../../../gitops/store/folder-store";
import { testAccount } from "../../support/account";
import { testFolder } from "../../support/folders";
import { stateBucket, type TestStack, writeSynthesized } from "../../support/synthesized";
import { describeWithProvider } from "../../support/terraform";

const root = testFolder();
const minutes = 60_000;
const expression = (text: string) => `\${${text}}`;

const topic = (name: string, displayName: string): TestStack => ({
  resource: { aws_sns_topic: { topic: { name, display_name: displayName } } },
  output: { name: expression("aws_sns_topic.topic.display_name") },
});

/** Two topics of which the second stands in no relation to the first, and a third that depends on the first. */
const write = (data: string, network = "n", compute = "c", first = topic("data", data)) =>
  writeSynthesized(join(root, "out"), "dev", {
    bootstrap: { resource: { aws_s3_bucket: { state: { bucket: stateBucket("dev") } } } },
    data: first,
    network: topic("network", network),
    compute: { dependencies: ["data"], ...topic("compute", compute) },
  });

describeWithProvider("a reviewed plan, with Terraform and the AWS provider on the local account", (terraform) => {
  const account = testAccount(root);
  const place = join(root, "store");
  const store = new PlanStore(new FolderStore(place));
  let number = 0;
  /** Each job starts on a computer of its own. */
  const job = (): Promise<Context> =>
    openContext({
      environment: "dev",
      outFolder: join(root, "out"),
      workFolder: join(root, `job-${number++}`),
      env: account.env(),
      terraform,
    });
  const head = () => String(number).padStart(40, "0");
  const review = async (stacks: string[]) => {
    const context = await job();
    const reviewed = {
      pullRequest: 12,
      head: head(),
      base: "2".repeat(40),
      mergeTree: "3".repeat(40),
      run: { id: "77", attempt: 1 },
    };
    const changed = {
      base: reviewed.base,
      stacks: stacks.map((stack) => ({ environment: "dev", stack, because: "configuration" as const })),
    };
    const options = { reviewed, changed, settings: [], store, now: () => new Date() };
    const result = await reviewEnvironment(context, { ...options, findRemoved: async () => [] });
    return { result, context, manifests: await store.manifests(12, reviewed.head) };
  };
  const apply = async ({ manifests }: Pick<Awaited<ReturnType<typeof review>>, "manifests">, changed: string[]) =>
    applyReviewedEnvironment(await job(), { manifests, changed, store });
  const outcomes = (results: readonly EnvironmentApply[]) =>
    results.map(({ stack, outcome, used, plannedAnew }) => [stack, outcome, used, plannedAnew]);
  /** As somebody with credentials of their own would. */
  const applyByHand = async (stack: string) => {
    const { workFolder, env } = await job();
    await applyEnvironment({
      environment: "dev",
      outFolder: join(root, "out"),
      workFolder,
      env,
      terraform,
      stacks: [stack],
    });
  };
  const planFile = (manifest: { head: string; stack: string }) =>
    join(place, "reviews/pr-12", manifest.head, "77-1/dev", manifest.stack, "plan.tfplan");

  beforeAll(async () => {
    write("one");
    const { workFolder, env } = await job();
    await applyEnvironment({ environment: "dev", outFolder: join(root, "out"), workFolder, env, terraform });
  }, 5 * minutes);

  // One environment goes through its life, so these tests build upon each other.
  it(
    "is kept in the store alone, and applied as it is by another job",
    async () => {
      write("two");
      const reviewed = await review(["dev-data"]);
      expect(reviewed.result.stacks.map(({ plan, because }) => [plan.stack, plan.outcome, because])).toEqual([
        ["dev-data", "changes", "configuration"],
      ]);
      expect(reviewed.result.unchanged).toEqual(["dev-bootstrap", "dev-compute", "dev-network"]);
      expect(readdirSync(reviewed.context.plansFolder)).toEqual([]);
      expect(JSON.stringify(reviewed.manifests)).not.toContain("two");

      const results = await apply(reviewed, ["dev-data"]);
      expect(outcomes(results)).toEqual([["dev-data", "applied", "reviewed", undefined]]);
      const [{ serialBefore, serialAfter } = { serialBefore: 0, serialAfter: 0 }] = results;
      expect(serialAfter).toBe((serialBefore ?? 0) + 1);
      const { env, workFolder } = await job();
      const plans = await planEnvironment({
        environment: "dev",
        outFolder: join(root, "out"),
        workFolder,
        env,
        terraform,
      });
      expect(planExitCode(plans)).toBe(0);
    },
    4 * minutes,
  );

  it(
    "is refused when somebody has done something else meanwhile, and what depends on it is left untouched",
    async () => {
      write("three", "n", "d");
      const reviewed = await review(["dev-data", "dev-compute"]);
      write("by hand");
      await applyByHand("data");
      write("three", "n", "d");
      const results = await apply(reviewed, ["dev-data", "dev-compute"]);
      expect(outcomes(results)).toEqual([
        [
          "dev-data",
          "refused",
          "none",
          "the state has moved on since it was planned (serial 2, now 3), and a plan made now does not do what was reviewed",
        ],
        ["dev-compute", "skipped", "none", undefined],
      ]);
      const facts = {
        merge: "4".repeat(40),
        pullRequest: 12,
        environment: "dev",
        startedAt: "2026-01-01T00:00:00Z",
        endedAt: "2026-01-01T00:00:01Z",
        run: { id: "1", attempt: 1 },
        actor: "someone",
        approvedBy: [],
      };
      expect(makeRecord(facts, results)).toMatchObject({
        outcome: "refused",
        stacks: [
          { stack: "dev-data", outcome: "refused", plan: "none", counts: { add: 0, change: 0, destroy: 0 } },
          { stack: "dev-compute", outcome: "skipped", why: "dev-data was not applied" },
        ],
      });
    },
    4 * minutes,
  );

  it(
    "that is gone, or not the one that was reviewed, is made anew, and applied as it does the same",
    async () => {
      write("four", "m");
      const reviewed = await review(["dev-data", "dev-network"]);
      for (const manifest of reviewed.manifests) expect(existsSync(planFile(manifest))).toBe(true);
      writeFileSync(planFile({ head: reviewed.manifests[0]?.head ?? "", stack: "dev-data" }), "something else");
      writeFileSync(planFile({ head: reviewed.manifests[0]?.head ?? "", stack: "dev-network" }), "");
      expect(outcomes(await apply(reviewed, ["dev-data", "dev-network"]))).toEqual([
        ["dev-data", "applied", "anew", "the kept plan is not the one that was reviewed"],
        ["dev-network", "applied", "anew", "the kept plan is not the one that was reviewed"],
      ]);
    },
    4 * minutes,
  );

  it(
    "that was applied already has nothing left to do",
    async () => {
      write("five", "m");
      const reviewed = await review(["dev-data"]);
      await apply(reviewed, ["dev-data"]);
      expect(outcomes(await apply(reviewed, ["dev-data"]))).toEqual([
        ["dev-data", "nothing", "none", expect.stringMatching(/^the state has moved on since it was planned/)],
      ]);
    },
    4 * minutes,
  );

  it(
    "is needed: what a merge changes and nobody reviewed is refused",
    async () => {
      write("six", "m");
      expect(outcomes(await apply({ manifests: [] }, ["dev-data", "dev-network"]))).toEqual([
        [
          "dev-data",
          "refused",
          "none",
          "no plan of it was reviewed, and a plan made now does not do what was reviewed",
        ],
        ["dev-network", "nothing", "none", "no plan of it was reviewed"],
      ]);
    },
    4 * minutes,
  );

  it(
    "is made anew where the merge changes no configuration, for a kept plan brings its own along",
    async () => {
      write("seven", "m");
      const reviewed = await review(["dev-data"]);
      expect(outcomes(await apply(reviewed, []))).toEqual([
        ["dev-data", "applied", "anew", "the merge does not change its configuration"],
      ]);
    },
    4 * minutes,
  );

  it(
    "is refused where its file does something else than its manifest says, and where it does what its review did not show; one of another configuration is made anew",
    async () => {
      const queue = { resource: { ...topic("data", "seven").resource, aws_sqs_queue: { queue: { name: "kept" } } } };
      write("seven", "m", "c", queue);
      await applyByHand("data");
      write("seven", "m");
      const reviewed = await review(["dev-data"]);
      const [manifest] = reviewed.manifests;
      if (!manifest) throw new Error("There is no manifest.");
      expect(manifest.gates).toEqual([
        { kind: "stateful-destroyed", subject: "aws_sqs_queue.queue", words: "It is destroyed, with what is in it." },
      ]);
      const another = { ...manifest, changesSha256: "0".repeat(64) };
      expect(outcomes(await apply({ manifests: [another] }, ["dev-data"]))).toEqual([
        ["dev-data", "refused", "none", "the kept plan does something else than its manifest says"],
      ]);
      const silent = { ...manifest, gates: [] };
      const words =
        "the gate holds what its review did not show (aws_sqs_queue.queue: It is destroyed, with what is in it.)";
      expect(outcomes(await apply({ manifests: [silent] }, ["dev-data"]))).toEqual([
        ["dev-data", "refused", "none", words],
      ]);
      expect(outcomes(await apply({ manifests: [silent] }, []))).toEqual([
        ["dev-data", "refused", "none", `the merge does not change its configuration, and ${words}`],
      ]);
      // As if somebody had made the plan from a configuration of their own.
      const kept = unzipSync(readFileSync(planFile(manifest)));
      const own = Buffer.from(kept["tfconfig/m-/cdk.tf.json"] ?? []).toString();
      kept["tfconfig/m-/cdk.tf.json"] = Buffer.from(own.replace("seven", "seventh"));
      writeFileSync(planFile(manifest), zipSync(kept));
      const planSha256 = createHash("sha256")
        .update(readFileSync(planFile(manifest)))
        .digest("hex");
      const exchanged = { ...manifest, binding: { ...manifest.binding, planSha256 } };
      expect(outcomes(await apply({ manifests: [exchanged] }, ["dev-data"]))).toEqual([
        ["dev-data", "applied", "anew", "the kept plan brings another configuration along"],
      ]);
    },
    4 * minutes,
  );
});
