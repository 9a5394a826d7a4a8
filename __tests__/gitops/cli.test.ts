import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { testAccount } from "../support/account";
import { testFolder, write } from "../support/folders";
import { compiledGitops } from "../support/pull-request/compiled-cli";
import { stateBucket, testRegion, writeSynthesized } from "../support/synthesized";
import { describeWithProvider } from "../support/terraform";

const root = testFolder();
const minutes = 60_000;
const commands = compiledGitops();

/** Runs the command line; `onError` sees its standard error as it comes. */
async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onError: (text: string, pid: number) => void = () => {},
) {
  const command = [await commands, ...args];
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
    onError(stderr, child.pid ?? 0);
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolved, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolved({ code, stdout, stderr }));
  });
}

describe("the command line", () => {
  it("names the environments there are, without a stack trace", async () => {
    const { code, stdout, stderr } = await run(["plan", "prd"], process.env);

    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "Expected the name of an environment, but there is no environments/prd.yaml: there are dev, local, prod, staging. Did you mean prod?\n",
    });
  });

  it("says in one line that Terraform is missing", async () => {
    writeSynthesized(join(root, "missing"), "dev", { data: {} });

    const env = { ...process.env, TERRAFORM_BINARY_NAME: "/nowhere/terraform" };
    const { code, stderr } = await run(
      ["plan", "dev", "--synthesized", "missing", "--work", "work", "--out", "plans"],
      env,
    );

    expect(code).toBe(1);
    expect(stderr).toBe(
      "Terraform 1.10.0 or later is needed, but there is no `/nowhere/terraform` to run: install it from https://developer.hashicorp.com/terraform/install, or name another binary (OpenTofu too) with TERRAFORM_BINARY_NAME.\n",
    );
  });

  it("documents its exit codes", async () => {
    expect((await run(["plan", "--help"], process.env)).stdout).toContain(
      "Exit codes: 0 nothing would change, 2 something would, 3 a stack waits for another to be applied first, 1 error.",
    );
  });
});

describeWithProvider("the command line, with Terraform on the local account", () => {
  const account = testAccount(root);
  const flags = ["--synthesized", "out", "--work", "work", "--out", "plans"];
  const synthesize = (resource: object) => writeSynthesized(join(root, "out"), "dev", { data: { resource } });
  const gitops = (args: readonly string[], onError?: (text: string, pid: number) => void) =>
    run([...args, ...flags], { ...account.env(), FORCE_COLOR: "" }, onError);

  beforeAll(async () => {
    const where = { LocationConstraint: testRegion } as const;
    await account.s3().send(new CreateBucketCommand({ Bucket: stateBucket("dev"), CreateBucketConfiguration: where }));
  });

  it(
    "plans, applies and finds nothing more to do: exit codes 2, 0, 0",
    async () => {
      synthesize({ terraform_data: { x: { input: "one" } } });

      const plan = await gitops(["plan", "dev"]);
      expect(plan.stdout).toBe(
        [
          "dev-data  + 1 to add, ~ 0 to change, - 0 to destroy, -/+ 0 to replace",
          "    + terraform_data.x",
          "    plan: plans/dev-data.txt",
          "",
        ].join("\n"),
      );
      expect(plan.code).toBe(2);
      expect(existsSync(join(root, "plans/dev-data.tfplan"))).toBe(true);

      const apply = await gitops(["apply", "dev"]);
      expect(apply).toMatchObject({ code: 0, stdout: "dev-data  applied: + 1 added, ~ 0 changed, - 0 destroyed\n" });

      const json = await gitops(["plan", "dev", "data", "--json"]);
      expect(json.code).toBe(0);
      expect(JSON.parse(json.stdout)).toMatchObject({
        environment: "dev",
        target: "aws",
        exitCode: 0,
        stacks: [{ stack: "dev-data", outcome: "no-changes" }],
      });
    },
    4 * minutes,
  );

  it(
    "lets Terraform release the state lock on Ctrl-C, pressed twice, so that the next apply goes through",
    async () => {
      const gate = join(root, "gate");
      const command = `for i in $(seq 600); do test -e ${gate} && break; sleep 0.1; done`;
      synthesize({ terraform_data: { slow: { provisioner: [{ "local-exec": { command } }] } } });
      let locks: Promise<string[]> | undefined;

      const interrupted = await gitops(["apply", "dev"], (text, pid) => {
        if (locks !== undefined || !text.includes("terraform_data.slow: Creating...")) return;
        locks = account.keys(stateBucket("dev"));
        // As a terminal does: the whole process group gets it; and as people do: twice.
        const press = () => process.kill(-pid, "SIGINT");
        void locks.then(press).then(press);
      });

      expect(interrupted.code).toBe(1);
      expect(interrupted.stderr).toContain(
        "Interrupted: waiting for Terraform to end what it is doing and to release its locks.",
      );
      expect(interrupted.stdout).toContain("dev-data: terraform apply was interrupted.");
      expect(await locks).toContain("data.tfstate.tflock");
      expect(await account.keys(stateBucket("dev"))).toEqual(["data.tfstate"]);

      write(gate);
      expect((await gitops(["apply", "dev"])).code).toBe(0);
    },
    4 * minutes,
  );
});
