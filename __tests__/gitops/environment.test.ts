import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { applyContext, applyEnvironment, applyExitCode } from "../../gitops/apply-environment";
import type { StackApply } from "../../gitops/apply-stack";
import { type EnvironmentOptions, openContext } from "../../gitops/options";
import { planEnvironment, planExitCode } from "../../gitops/plan-environment";
import { runIn, workspaceOf } from "../../gitops/terraform/workspace";
import { testAccount } from "../support/account";
import { testFolder } from "../support/folders";
import { stateBucket, type TestStack, writeSynthesized } from "../support/synthesized";
import { describeWithProvider } from "../support/terraform";

const root = testFolder();
const minutes = 60_000;
const expression = (text: string) => `\${${text}}`;

const topic = (name: string, displayName: string): TestStack => ({
  resource: { aws_sns_topic: { topic: { name, display_name: displayName } } },
  output: { name: expression("aws_sns_topic.topic.display_name") },
});

/** Four stacks, compute after network, with the given display names. */
const write = (names: { readonly network: string; readonly data: string }) =>
  writeSynthesized(join(root, "out"), "dev", {
    bootstrap: { resource: { aws_s3_bucket: { state: { bucket: stateBucket("dev") } } } },
    network: topic("network", names.network),
    data: topic("data", names.data),
    compute: {
      dependencies: ["network"],
      reads: ["network"],
      ...topic("compute", expression("data.terraform_remote_state.network.outputs.name")),
    },
  });

describeWithProvider("an environment, with Terraform and the AWS provider on the local account", (terraform) => {
  const account = testAccount(root);
  const options = (): EnvironmentOptions => ({
    environment: "dev",
    outFolder: join(root, "out"),
    workFolder: join(root, "work"),
    env: account.env(),
    terraform,
  });
  const outcomes = (results: readonly { stack: string; outcome: string }[]) =>
    Object.fromEntries(results.map(({ stack, outcome }) => [stack, outcome]));
  const anew = (results: readonly StackApply[]) =>
    Object.fromEntries(results.flatMap(({ stack, plannedAnew }) => (plannedAnew ? [[stack, plannedAnew]] : [])));

  // One environment goes through its life, so these tests build upon each other.
  it(
    "tells which stacks wait for the state bucket before anything is applied",
    async () => {
      write({ network: "one", data: "one" });

      const plans = await planEnvironment(options());

      expect(plans.map(({ stack, outcome, waitsFor }) => [stack, outcome, waitsFor])).toEqual([
        ["dev-bootstrap", "changes", []],
        ["dev-data", "waits", ["dev-bootstrap"]],
        ["dev-network", "waits", ["dev-bootstrap"]],
        ["dev-compute", "waits", ["dev-bootstrap"]],
      ]);
      expect(planExitCode(plans)).toBe(3);
    },
    3 * minutes,
  );

  it(
    "applies everything, each stack after those it depends on, and then plans no changes",
    async () => {
      const order: string[] = [];
      const results = await applyEnvironment({
        ...options(),
        onProgress: ({ stack, step }) => stack !== undefined && step === "done" && order.push(stack),
      });

      expect(results.map(({ stack, outcome, applied }) => [stack, outcome, applied.add])).toEqual([
        ["dev-bootstrap", "applied", 1],
        ["dev-data", "applied", 1],
        ["dev-network", "applied", 1],
        ["dev-compute", "applied", 1],
      ]);
      expect(order[0]).toBe("dev-bootstrap");
      expect(order.indexOf("dev-network")).toBeLessThan(order.indexOf("dev-compute"));
      // The plan of bootstrap was the one shown before.
      expect(Object.keys(anew(results))).toEqual(["dev-data", "dev-network", "dev-compute"]);
      // The states, and no lock.
      expect(await account.keys(stateBucket("dev"))).toEqual([
        "bootstrap.tfstate",
        "compute.tfstate",
        "data.tfstate",
        "network.tfstate",
      ]);

      const plans = await planEnvironment(options());
      expect(new Set(plans.map(({ outcome }) => outcome))).toEqual(new Set(["no-changes"]));
      expect(planExitCode(plans)).toBe(0);
    },
    6 * minutes,
  );

  it(
    "keeps a plan that says what changes, for nobody else to read, and applies that very plan",
    async () => {
      write({ network: "two", data: "one" });

      const plans = await planEnvironment(options());
      const network = plans.find(({ stack }) => stack === "dev-network");

      expect(outcomes(plans)).toEqual({
        "dev-bootstrap": "no-changes",
        "dev-data": "no-changes",
        "dev-network": "changes",
        "dev-compute": "no-changes",
      });
      expect(planExitCode(plans)).toBe(2);
      expect(network?.changes.resources).toEqual([
        {
          address: "aws_sns_topic.topic",
          type: "aws_sns_topic",
          action: "change",
          attributes: [{ path: "display_name", before: '"one"', after: '"two"', forcesReplacement: false }],
        },
      ]);
      expect(network?.changes.drift).toEqual([]);
      for (const file of Object.values(network?.files ?? {})) expect(statSync(file).mode & 0o777).toBe(0o600);
      const shown = await runIn(
        (await openContext(options())).terraform,
        workspaceOf({ name: "dev-network", folder: join(root, "out/stacks/dev-network") }, join(root, "work")),
        ["show", "-no-color", network?.files?.plan ?? ""],
      );
      expect(readFileSync(network?.files?.text ?? "", "utf8").trim()).toBe(shown.stdout.trim());
      expect(plans.find(({ stack }) => stack === "dev-compute")?.mayChangeAfter).toEqual(["dev-network"]);

      const results = await applyEnvironment(options());

      expect(results.map(({ stack, outcome, applied }) => [stack, outcome, applied.change])).toEqual([
        ["dev-bootstrap", "nothing", 0],
        ["dev-data", "nothing", 0],
        ["dev-network", "applied", 1],
        ["dev-compute", "applied", 1],
      ]);
      expect(anew(results)).toEqual({ "dev-compute": "outputs of dev-network have changed since it was planned" });
    },
    6 * minutes,
  );

  it(
    "plans anew, and says so, when the state has moved since the plan",
    async () => {
      write({ network: "two", data: "three" });
      const only = { ...options(), stacks: ["data"] };
      await planEnvironment(only);
      await moveState("data");

      const results = await applyEnvironment(only);

      expect(outcomes(results)).toEqual({ "dev-data": "applied" });
      expect(anew(results)["dev-data"]).toMatch(
        /^the state has moved on since it was planned \(serial \d+, now \d+\)$/,
      );
    },
    3 * minutes,
  );

  it(
    "plans anew when Terraform itself finds the saved plan stale, under the lock",
    async () => {
      write({ network: "two", data: "four" });
      const only = { ...options(), stacks: ["data"] };
      await planEnvironment(only);
      const context = await openContext(only);
      // The state moves right after it was looked at.
      let moved = false;
      const results = await applyContext({
        ...context,
        readState: async (location) => {
          const lookup = await context.readState(location);
          if (!moved) await moveState("data");
          moved = true;
          return lookup;
        },
      });

      expect(outcomes(results)).toEqual({ "dev-data": "applied" });
      expect(anew(results)).toEqual({ "dev-data": "Terraform refused the saved plan as stale" });
    },
    3 * minutes,
  );

  it(
    "leaves what depends on a failed stack untouched, and applies the rest",
    async () => {
      const command = (line: string) => ({ provisioner: [{ "local-exec": { command: line } }] });
      writeSynthesized(join(root, "out"), "dev", {
        network: { resource: { terraform_data: { x: command("echo broken on purpose >&2; exit 1") } } },
        data: { resource: { terraform_data: { x: {} } } },
        compute: { dependencies: ["network"], resource: { terraform_data: { x: {} } } },
      });

      const results = await applyEnvironment({
        ...options(),
        workFolder: join(root, "failing"),
        plansFolder: join(root, "failing-plans"),
      });

      expect(outcomes(results)).toEqual({ "dev-data": "applied", "dev-network": "failed", "dev-compute": "skipped" });
      expect(results.find(({ stack }) => stack === "dev-compute")?.because).toEqual(["dev-network"]);
      expect(results.find(({ stack }) => stack === "dev-network")?.error).toMatch(
        /^dev-network: terraform apply failed with exit code 1\.\nError: local-exec provisioner error \(terraform_data\.x\)\n/,
      );
      expect(applyExitCode(results)).toBe(1);
      expect((await account.keys(stateBucket("dev"))).filter((key) => key.endsWith(".tflock"))).toEqual([]);
    },
    3 * minutes,
  );

  /** As another apply would: the next serial, with the same content. */
  async function moveState(layer: string): Promise<void> {
    const at = { Bucket: stateBucket("dev"), Key: `${layer}.tfstate` };
    const { Body } = await account.s3().send(new GetObjectCommand(at));
    const state = JSON.parse((await Body?.transformToString()) ?? "");
    await account
      .s3()
      .send(new PutObjectCommand({ ...at, Body: JSON.stringify({ ...state, serial: state.serial + 1 }) }));
  }
});
