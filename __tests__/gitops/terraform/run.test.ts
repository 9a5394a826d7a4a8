import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../../../gitops/terraform/child-environment";
import { runTerraform, type Terraform } from "../../../gitops/terraform/run";
import { fakeTerraform } from "../../support/fake-terraform";
import { testFolder, writeScript } from "../../support/folders";

const folder = testFolder();
let count = 0;

function terraform(lines: readonly string[], env: NodeJS.ProcessEnv = {}): Terraform {
  return fakeTerraform(writeScript(join(folder, `terraform-${count++}`), lines), env);
}

const run = { args: ["plan"], folder, dataFolder: join(folder, "data"), stack: "dev-data" };

describe("runTerraform", () => {
  it("hands out lines as they come, and the whole output", async () => {
    const lines: string[] = [];

    const result = await runTerraform(terraform(["echo one; echo two >&2; echo $TF_DATA_DIR"]), {
      ...run,
      onLine: (line) => lines.push(line),
    });

    expect(result).toEqual({ code: 0, stdout: `one\n${run.dataFolder}` });
    expect(lines.sort()).toEqual([run.dataFolder, "one", "two"]);
  });

  it("tells a stack in another account whether it is planned or applied, whatever the caller's environment says", async () => {
    const says = terraform(["echo $TF_VAR_phase"], { TF_VAR_phase: "apply" });
    for (const [command, phase] of [
      ["plan", "plan"],
      ["show", "plan"],
      ["init", "plan"],
      ["apply", "apply"],
    ]) {
      expect([command, (await runTerraform(says, { ...run, args: [command ?? ""] })).stdout]).toEqual([command, phase]);
    }
  });

  it("takes an exit code for good only where it is said to be", async () => {
    const changes = terraform(["exit 2"]);

    expect((await runTerraform(changes, { ...run, goodCodes: [0, 2] })).code).toBe(2);
    await expect(runTerraform(changes, run)).rejects.toThrow("dev-data: terraform plan failed with exit code 2.");
  });

  it("shows what Terraform said, without secrets", async () => {
    const key = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
    const failing = terraform([`echo "Error: denied for ${key} with $DB_PASSWORD" >&2; exit 1`], {
      DB_PASSWORD: "correct horse",
    });

    await expect(runTerraform(failing, run)).rejects.toThrow(
      "dev-data: terraform plan failed with exit code 1.\nError: denied for (secret) with (secret)",
    );
  });

  it("interrupts Terraform once, and waits until it has ended", async () => {
    const log = join(folder, "signals");
    const controller = new AbortController();
    const slow = terraform([
      `trap 'echo interrupted >> ${log}; sleep 0.2; echo released >> ${log}; exit 1' INT`,
      "echo ready",
      "while :; do sleep 0.05; done",
    ]);

    const ended = runTerraform(slow, {
      ...run,
      signal: controller.signal,
      onLine: () => {
        controller.abort();
        controller.abort();
      },
    });

    await expect(ended).rejects.toThrow("dev-data: terraform plan was interrupted.");
    expect(readFileSync(log, "utf8")).toBe("interrupted\nreleased\n");
  });

  it("does not start Terraform after an interruption", async () => {
    const mark = join(folder, "started");

    await expect(runTerraform(terraform([`touch ${mark}`]), { ...run, signal: AbortSignal.abort() })).rejects.toThrow(
      "dev-data: interrupted before terraform plan.",
    );
    expect(existsSync(mark)).toBe(false);
  });
});

describe("childEnvironment", () => {
  it("keeps the caller's variables from changing what a command means", () => {
    const env = {
      AWS_REGION: "eu-central-1",
      TF_CLI_ARGS_plan: "-destroy",
      TF_WORKSPACE: "other",
      TF_CLI_CONFIG_FILE: "/nowhere",
      TF_PLUGIN_CACHE_DIR: "/cache",
      TF_LOG: "trace",
      TF_VAR_size: "1",
    };

    expect(childEnvironment(env, { cliConfigFile: "/mirror.tfrc" })).toEqual({
      AWS_REGION: "eu-central-1",
      TF_VAR_size: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
      GOGC: "400",
      TF_CLI_CONFIG_FILE: "/mirror.tfrc",
    });
  });

  it("hands on no token of GitHub's, which a provider has no use for", () => {
    const env = {
      AWS_SESSION_TOKEN: "of the role",
      GITHUB_TOKEN: "a",
      GH_TOKEN: "b",
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "c",
      ACTIONS_RUNTIME_TOKEN: "d",
    };

    expect(Object.keys(childEnvironment(env, {})).sort()).toEqual([
      "AWS_SESSION_TOKEN",
      "CHECKPOINT_DISABLE",
      "GOGC",
      "TF_INPUT",
      "TF_IN_AUTOMATION",
    ]);
  });
});
