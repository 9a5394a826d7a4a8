import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { childEnvironment } from "../../../gitops/terraform/child-environment";
import { initWorkspace } from "../../../gitops/terraform/init-workspace";
import type { Terraform } from "../../../gitops/terraform/run";
import { startProvider, withProvider } from "../../../gitops/terraform/running-provider";
import { runIn, type Workspace } from "../../../gitops/terraform/workspace";
import { testAccount } from "../../support/account";
import { testFolder, write, writeScript } from "../../support/folders";
import { describeWithProvider } from "../../support/terraform";

const root = testFolder();
const minutes = 60_000;
const region = { region: "eu-central-1" };

/** A workspace with these configurations of the provider, and a script as the provider. */
function scripted(name: string, configurations: readonly object[], lines: readonly string[]): Workspace {
  const folder = join(root, name);
  write(join(folder, "cdk.tf.json"), JSON.stringify({ provider: { aws: configurations } }));
  const version = join("data", "providers", "registry.terraform.io", "hashicorp", "aws", "5.100.0", "linux_amd64");
  writeScript(join(folder, version, "terraform-provider-aws_v5.100.0_x5"), lines);
  return { stack: name, folder, dataFolder: join(folder, "data"), lockFile: join(folder, "lock.hcl") };
}
const terraform = {
  binary: { registryHost: "registry.example.org" },
  env: { PATH: process.env.PATH, AWS_REGION: "eu-central-1" },
} as unknown as Terraform;
const says = [
  `echo "TF_REATTACH_PROVIDERS='{\\"registry.terraform.io/hashicorp/aws\\":{\\"Pid\\":$$}}'"`,
  "exec sleep 60",
];
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

describe("a provider that runs on", () => {
  it("is told to Terraform by the registry's name, and ends when it is stopped", async () => {
    const provider = await startProvider(terraform, scripted("one", [region], says));
    const told = JSON.parse(provider?.terraform.env.TF_REATTACH_PROVIDERS ?? "{}");
    expect(told).toEqual({ "registry.example.org/hashicorp/aws": { Pid: expect.any(Number) } });
    const { Pid } = told["registry.example.org/hashicorp/aws"];
    expect(isAlive(Pid)).toBe(true);
    provider?.stop();
    while (isAlive(Pid)) await new Promise((resolve) => setImmediate(resolve));
  });

  it("is none where a stack has two configurations: the provider would mix them up", async () => {
    const two = scripted("two", [region, { ...region, alias: "other" }], says);
    expect(await startProvider(terraform, two)).toBeUndefined();
    const another = scripted("another-file", [region], says);
    write(join(another.folder, "more.tf.json"), JSON.stringify({ provider: { aws: { alias: "more" } } }));
    expect(await startProvider(terraform, another)).toBeUndefined();
    expect(await startProvider(terraform, scripted("no-configuration", [], says))).toBeUndefined();
  });

  it("is none where it ends at once", async () => {
    expect(await startProvider(terraform, scripted("ends", [region], ["exit 3"]))).toBeUndefined();
  });
});

describe("work with a provider that runs on", () => {
  it("ends it when it is done and when it fails, and is done by Terraform's own where none can run on", async () => {
    const pids: number[] = [];
    const work = async ({ env }: Terraform) =>
      pids.push(Number(/"Pid":(\d+)/.exec(env.TF_REATTACH_PROVIDERS ?? "")?.[1]));
    const one = scripted("work", [region], says);
    await withProvider(terraform, one, work);
    const failing = withProvider(terraform, one, async (running) => {
      await work(running);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(pids).toEqual([expect.any(Number), expect.any(Number)]);
    while (pids.some(isAlive)) await new Promise((resolve) => setImmediate(resolve));
    expect(await withProvider(terraform, scripted("work-none", [], says), async (own) => own)).toBe(terraform);
  });
});

describeWithProvider("a plan applied with a provider that runs on", (found) => {
  const account = testAccount(root);
  it(
    "needs it configured once, so that it may take certificates of the user's own",
    async () => {
      const [folder, bundle] = [join(root, "applied"), join(root, "certificates.pem")];
      write(bundle, rootCertificates[0]);
      write(
        join(folder, "cdk.tf.json"),
        JSON.stringify({
          terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } } },
          provider: { aws: [region] },
          data: { aws_caller_identity: { me: {} } },
          resource: { aws_sns_topic: { one: { name: "one" } } },
        }),
      );
      const workspace = { stack: "a", folder, dataFolder: join(folder, "data"), lockFile: join(folder, "lock.hcl") };
      const env = childEnvironment({ ...account.env(), AWS_CA_BUNDLE: bundle }, found.source);
      const own: Terraform = { ...found, env };
      await initWorkspace(own, workspace);
      const run = (...args: string[]) =>
        withProvider(own, workspace, async (running) => {
          expect(running.env.TF_REATTACH_PROVIDERS).toContain("hashicorp/aws");
          return (await runIn(running, workspace, args)).stdout;
        });
      await run("plan", "-no-color", "-out=plan");
      expect(await run("apply", "-no-color", "plan")).toContain("1 added");
      expect(await run("plan", "-no-color")).toContain("No changes.");
    },
    3 * minutes,
  );
});

describeWithProvider("a plan made and read with a provider that runs on", (found) => {
  it("is the same as with those that Terraform starts, secrets marked", async () => {
    const folder = join(root, "real");
    const workspace = { stack: "real", folder, dataFolder: join(folder, "data"), lockFile: join(folder, "lock.hcl") };
    const offline = { skip_credentials_validation: true, skip_requesting_account_id: true };
    write(
      join(folder, "cdk.tf.json"),
      JSON.stringify({
        terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } } },
        provider: { aws: [{ ...region, ...offline, default_tags: [{ tags: { stack: "real" } }] }] },
        resource: { aws_db_instance: { one: { instance_class: "db.t3.micro", username: "u", password: "planted" } } },
      }),
    );
    const env = { ...process.env, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const own: Terraform = { ...found, env: childEnvironment(env, found.source) };
    await initWorkspace(own, workspace);
    const planned = async (with_: Terraform) => {
      await runIn(with_, workspace, ["plan", "-input=false", "-refresh=false", "-out=plan"]);
      const { timestamp, ...plan } = JSON.parse((await runIn(with_, workspace, ["show", "-json", "plan"])).stdout);
      expect(timestamp).toEqual(expect.any(String));
      return plan;
    };
    const provider = await startProvider(own, workspace);
    expect(provider?.terraform.env.TF_REATTACH_PROVIDERS).toContain("hashicorp/aws");
    try {
      const plan = await planned(provider?.terraform ?? own);
      expect(plan).toEqual(await planned(own));
      expect(plan.resource_changes[0].change.after_sensitive.password).toBe(true);
      expect(plan.resource_changes[0].change.after.tags_all).toEqual({ stack: "real" });
    } finally {
      provider?.stop();
    }
  });
});
