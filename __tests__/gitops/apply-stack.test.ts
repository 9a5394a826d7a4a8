import { join } from "node:path";
import { applyStack } from "../../gitops/apply-stack";
import type { Context } from "../../gitops/options";
import { readStacks } from "../../gitops/terraform/manifest";
import { fakeTerraform } from "../support/fake-terraform";
import { testFolder, writeScript } from "../support/folders";
import { writeSynthesized } from "../support/synthesized";

const root = testFolder();
const planned = JSON.stringify({
  format_version: "1.2",
  resource_changes: [
    {
      address: "aws_sns_topic.x",
      mode: "managed",
      type: "aws_sns_topic",
      change: { actions: ["create"], before: null, after: {} },
    },
  ],
});
let count = 0;

/** A context whose Terraform plans one addition, and applies as the given lines of shell say. */
function contextWith(apply: readonly string[]): Context {
  const folder = join(root, String(count++));
  const path = writeScript(join(folder, "terraform"), [
    'case "$1" in',
    "init) touch .terraform.lock.hcl ;;",
    `plan) for last in "$@"; do :; done; echo plan > "\${last#-out=}"; exit 2 ;;`,
    `show) echo '${planned}' ;;`,
    "apply)",
    ...apply,
    ";;",
    "esac",
  ]);
  writeSynthesized(join(folder, "out"), "dev", { data: {} });
  const stacks = readStacks(join(folder, "out"), "dev");
  return {
    environment: "dev",
    terraform: fakeTerraform(path, { API_TOKEN: "hush-hush" }),
    env: {},
    allStacks: stacks,
    stacks,
    workFolder: join(folder, "work"),
    plansFolder: folder,
    concurrency: 1,
    lockTimeoutSeconds: 60,
    readState: async () => ({ kind: "no-state" }),
    stackAt: ({ key }) => key,
    progress: () => {},
    signal: undefined,
  };
}

const summary = (add: number) =>
  `echo '${JSON.stringify({ "@message": "", type: "change_summary", changes: { add, change: 0, remove: 0, operation: "apply" } })}'`;

async function apply(lines: readonly string[]) {
  const context = contextWith(lines);
  const [stack] = context.stacks;
  if (!stack) throw new Error("no stack");
  return applyStack(context, stack);
}

describe("applyStack", () => {
  it("reports what Terraform has applied", async () => {
    expect(await apply([summary(1)])).toMatchObject({ outcome: "applied", applied: { add: 1, change: 0, destroy: 0 } });
  });

  it("takes it for an error when nothing was applied though something was planned", async () => {
    expect(await apply([summary(0)])).toMatchObject({
      outcome: "failed",
      error: "dev-data: 1 changes were planned, but Terraform reports that none was applied.",
    });
    expect((await apply([":"])).outcome).toBe("failed");
  });

  it("shows Terraform's errors without secrets, and how far it came", async () => {
    const diagnostic = {
      severity: "error",
      summary: "creating topic",
      detail: "denied with hush-hush",
      address: "aws_sns_topic.x",
    };
    const line = JSON.stringify({ "@message": "Error", type: "diagnostic", diagnostic });

    expect((await apply([`echo '${line}'; exit 1`])).error).toBe(
      "dev-data: terraform apply failed with exit code 1.\nError: creating topic (aws_sns_topic.x)\ndenied with (secret)\n0 of 1 changes were made before that.",
    );
  });

  it("gives up when Terraform finds even a plan of just now stale", async () => {
    const diagnostic = { severity: "error", summary: "Saved plan is stale", detail: "" };
    const line = JSON.stringify({ "@message": "Error", type: "diagnostic", diagnostic });

    expect((await apply([`echo '${line}'; exit 1`])).error).toBe(
      "dev-data: the state is being changed by someone else; apply again when they are done.",
    );
  });
});
