import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localAccountEnvironment } from "../../../gitops/target";
import { childEnvironment } from "../../../gitops/terraform/child-environment";
import { runTerraform } from "../../../gitops/terraform/run";
import { formOf } from "../../../local/gateway/form";
import type { Gap } from "../../../local/gateway/gap";
import { gaps } from "../../../local/gateway/gaps";
import { identityStoreOf } from "../../../local/gateway/gaps/identity-store";
import { type Gateway, startGateway } from "../../../local/gateway/gateway";
import { environmentWith, synth } from "../../support/synth";
import { describeWithProvider } from "../../support/terraform";
import { startTestAccount, type TestAccount } from "./test-account";

jest.setTimeout(300_000);

describeWithProvider("Terraform with the AWS provider, in the account of IAM Identity Center", ({ binary, source }) => {
  let account: TestAccount;
  let gateway: Gateway;
  let folder: string;

  /** Groups and people that the directory does not have. */
  const missing = new Set<string>();

  /** Notes which roles are taken, and lets the emulated account hand them out. */
  const taken = new Set<string>();
  const roles: Gap = {
    name: "roles",
    service: "sts",
    description: "",
    handles: ({ operation }) => operation === "AssumeRole",
    answer: (request, context) => {
      taken.add(formOf(request.body).get("RoleArn") ?? "");
      return context.upstream(request);
    },
  };
  const rolesOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    taken.clear();
    await work();
    return [...taken];
  };

  const terraform = (...args: string[]) => terraformIn(folder, ...args);
  const terraformIn = async (where: string, ...args: string[]) => {
    const env = childEnvironment(
      localAccountEnvironment(process.env, { ...account, endpoint: gateway.endpoint }),
      source,
    );
    const run = { args, folder: where, dataFolder: join(where, "data"), stack: "identity", goodCodes: [0, 2] };
    return runTerraform({ binary, source, env }, run);
  };
  const again = async (...flags: string[]) => {
    const { code, stdout } = await terraform("plan", "-no-color", "-detailed-exitcode", ...flags);
    return { code, plan: code === 0 ? "" : stdout };
  };

  beforeAll(async () => {
    account = await startTestAccount();
    gateway = await startGateway({
      upstream: account.ministack.endpoint,
      stateFile: join(account.folder, "identity.json"),
      kafkaBrokers: ["127.0.0.1:9092"],
      gaps: [roles, identityStoreOf((name) => !missing.has(name)), ...gaps],
    });
    folder = join(account.folder, "stack");
    mkdirSync(folder);
    copyFileSync(join(__dirname, "identity-center.tf"), join(folder, "main.tf"));
    await terraform("init", "-no-color");
  });

  afterAll(async () => {
    await gateway?.stop();
    await account?.stop();
  });

  it("plans by the role that reads, applies the plan by the one that changes, and a second plan has no changes", async () => {
    const role = (name: string) => `arn:aws:iam::999999999999:role/${name}`;
    expect(await rolesOf(() => terraform("plan", "-no-color", "-out=plan"))).toEqual([role("reads")]);
    expect(await rolesOf(() => terraform("apply", "-no-color", "plan"))).toEqual([role("changes")]);
    expect(await again()).toEqual({ code: 0, plan: "" });
  });

  it("changes in place what can be changed, and a second plan has no changes", async () => {
    const flags = ["-var=session=PT4H", "-var=description=Others"];
    const { stdout } = await terraform("plan", "-no-color", "-out=plan", ...flags);
    expect(stdout).toContain("Plan: 0 to add, 3 to change, 0 to destroy.");
    await terraform("apply", "-no-color", "plan");
    expect(await again(...flags)).toEqual({ code: 0, plan: "" });
  });

  it.each([
    [
      "staging",
      "image-analysts",
      "environments/staging.yaml: analytics.groups[image-analysts].name: expected a group of IAM Identity Center, as groupsOwner is identity-provider, but it has no group image-analysts. Have the provider send it, or write the name that it has there.",
    ],
    [
      "dev",
      "ben.lind",
      "environments/dev.yaml: analytics.groups[image-analysts].people: expected user names of IAM Identity Center, but it has no user ben.lind. Have the person added there, or write the name that they have there.",
    ],
  ])("a plan of %s fails where the directory has no %s, and says which setting names it", async (name, gone, said) => {
    const { identity } = synth(environmentWith(name));
    const { terraform_remote_state: _, ...lookedUp } = identity.data ?? {};
    const where = join(account.folder, name);
    mkdirSync(where);
    // The stack's own provider and look-ups, without what other stacks would have to be applied for.
    const { provider, terraform: settings, variable } = identity as typeof identity & { readonly variable: object };
    const looksUp = {
      terraform: { required_providers: settings.required_providers },
      variable,
      provider,
      data: lookedUp,
    };
    writeFileSync(join(where, "cdk.tf.json"), JSON.stringify(looksUp));
    await terraformIn(where, "init", "-no-color");
    await terraformIn(where, "plan", "-no-color");

    missing.add(gone);
    const failing = terraformIn(where, "plan", "-no-color");

    await expect(failing).rejects.toThrow(
      `identity: terraform plan failed with exit code 1.\n${said}\nError: reading `,
    );
  });

  it("removes it all, assignments before what is assigned, planned and applied by the same roles", async () => {
    const role = (name: string) => `arn:aws:iam::999999999999:role/${name}`;
    expect(await rolesOf(() => terraform("plan", "-no-color", "-destroy", "-out=plan"))).toEqual([role("reads")]);
    expect(await rolesOf(() => terraform("apply", "-no-color", "plan"))).toEqual([role("changes")]);
    const state = JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8")) as { resources: unknown[] };
    expect(state.resources).toEqual([]);
  });
});
