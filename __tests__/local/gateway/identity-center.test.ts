import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { localAccountEnvironment } from "../../../gitops/target";
import { childEnvironment, runTerraform } from "../../../gitops/terraform/run";
import { describeWithProvider } from "../../support/terraform";
import { startTestAccount, type TestAccount } from "./test-account";

jest.setTimeout(300_000);

describeWithProvider("Terraform with the AWS provider, in the account of IAM Identity Center", ({ binary, source }) => {
  let account: TestAccount;
  let folder: string;

  const terraform = async (...args: string[]) => {
    const env = childEnvironment(localAccountEnvironment(process.env, account), source);
    const run = { args, folder, dataFolder: join(folder, "data"), stack: "identity", goodCodes: [0, 2] };
    return runTerraform({ binary, source, env }, run);
  };
  const again = async (...flags: string[]) => {
    const { code, stdout } = await terraform("plan", "-no-color", "-detailed-exitcode", ...flags);
    return { code, plan: code === 0 ? "" : stdout };
  };

  beforeAll(async () => {
    account = await startTestAccount();
    folder = join(account.folder, "stack");
    mkdirSync(folder);
    copyFileSync(join(__dirname, "identity-center.tf"), join(folder, "main.tf"));
    await terraform("init", "-no-color");
  });

  afterAll(() => account?.stop());

  it("applies a plan, and a second plan has no changes", async () => {
    await terraform("plan", "-no-color", "-out=plan");
    await terraform("apply", "-no-color", "plan");
    expect(await again()).toEqual({ code: 0, plan: "" });
  });

  it("changes in place what can be changed, and a second plan has no changes", async () => {
    const flags = ["-var=session=PT4H", "-var=description=Others"];
    const { stdout } = await terraform("plan", "-no-color", "-out=plan", ...flags);
    expect(stdout).toContain("Plan: 0 to add, 3 to change, 0 to destroy.");
    await terraform("apply", "-no-color", "plan");
    expect(await again(...flags)).toEqual({ code: 0, plan: "" });
  });

  it("removes it all, assignments before what is assigned", async () => {
    await terraform("apply", "-no-color", "-destroy", "-auto-approve");
    const state = JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8")) as { resources: unknown[] };
    expect(state.resources).toEqual([]);
  });
});
