import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describeWithProvider } from "../../support/terraform";
import { terraformIn } from "../../support/terraform-in";
import { startTestAccount, type TestAccount } from "./test-account";

jest.setTimeout(300_000);

const changed = {
  storage: "20",
  batch: "20",
  idle: "120",
  disk: "120",
  home: "Delete",
  hidden: "Training",
  state: "DISABLED",
  aggregation: "600",
  private_dns: "false",
  threshold: "2",
  properties: "min.insync.replicas=1\n",
  version_label: "2",
};
const flags = Object.entries(changed).map(([name, value]) => `-var=${name}=${value}`);

describeWithProvider("Terraform with the AWS provider, through the gateway", (found) => {
  let account: TestAccount;
  let folder: string;

  const terraform = (...args: string[]) => terraformIn(found, { folder, stack: "gaps", account }, ...args);

  beforeAll(async () => {
    account = await startTestAccount();
    folder = join(account.folder, "stack");
    mkdirSync(folder);
    copyFileSync(join(__dirname, "gaps.tf"), join(folder, "main.tf"));
    const { region, account: allowed } = account;
    const aws = { region, allowed_account_ids: [allowed], default_tags: [{ tags: { Environment: "test" } }] };
    writeFileSync(join(folder, "provider.tf.json"), JSON.stringify({ provider: { aws } }));
    writeFileSync(join(folder, "function.zip"), zipSync({ "index.js": strToU8("exports.handler = async () => null") }));
    await terraform("init", "-no-color");
  });

  afterAll(() => account?.stop());

  it("applies everything that needs a gap, and a second plan has no changes", async () => {
    await terraform("apply", "-no-color", "-auto-approve");
    const { code, stdout } = await terraform("plan", "-no-color", "-detailed-exitcode");
    expect({ code, plan: code === 0 ? "" : stdout }).toEqual({ code: 0, plan: "" });
    expect((await terraform("output", "-raw", "brokers")).stdout).toContain("127.0.0.1:9092");
  });

  it("changes it in place, and a second plan has no changes", async () => {
    const { stdout } = await terraform("plan", "-no-color", ...flags);
    // A new revision is known only after the apply; a flow log and an application version can only be replaced.
    expect(stdout).toContain("Plan: 2 to add, 11 to change, 2 to destroy.");
    await terraform("apply", "-no-color", "-auto-approve", ...flags);
    const { code, stdout: again } = await terraform("plan", "-no-color", "-detailed-exitcode", ...flags);
    expect({ code, plan: code === 0 ? "" : again }).toEqual({ code: 0, plan: "" });
  });

  it("destroys it", async () => {
    expect((await terraform("destroy", "-no-color", "-auto-approve", ...flags)).stdout).toContain("Destroy complete!");
  });
});
