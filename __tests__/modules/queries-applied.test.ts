import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { FeatureTable } from "../../modules/feature-table";
import { hiveColumns } from "../../modules/hive-columns";
import { QueryWorkgroup } from "../../modules/query-workgroup";
import { StudioStart } from "../../modules/studio-start";
import { call, startTestAccount, type TestAccount } from "../local/gateway/test-account";
import { describeWithProvider } from "../support/terraform";
import { terraformIn } from "../support/terraform-in";

jest.setTimeout(300_000);

const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";

/** The stack as Terraform reads it. */
function stack(firstDay: string, maxScanGigabytes: number, script: string): string {
  const made = JSON.parse(
    Testing.synthScope((scope) => {
      new FeatureTable(scope, "features", {
        databaseName: "darkroom_test",
        location: "s3://processed/features/",
        firstDay,
      });
      new QueryWorkgroup(scope, "queries", {
        workgroupName: "darkroom-test-analysts-a",
        description: "Queries of a",
        resultLocation: "s3://analysts/queries/a/",
        account: "123456789012",
        kmsKeyArn,
        maxScanGigabytes,
        tags: { group: "a" },
      });
      new StudioStart(scope, "start", { name: "darkroom-test-start", script });
    }),
  ) as object;
  return JSON.stringify({
    ...made,
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: { region: "eu-central-1" } },
  });
}

describeWithProvider("what queries stand on, on the emulated account", (found) => {
  let account: TestAccount;
  let folder: string;

  const terraform = (...args: string[]) => terraformIn(found, { folder, stack: "queries", account }, ...args);
  const apply = async (text: string) => {
    writeFileSync(join(folder, "cdk.tf.json"), text);
    await terraform("apply", "-no-color", "-auto-approve");
    const { code, stdout } = await terraform("plan", "-no-color", "-detailed-exitcode");
    expect({ code, plan: code === 0 ? "" : stdout }).toEqual({ code: 0, plan: "" });
  };
  const ask = async (service: string, target: string, body: object) => {
    const { text } = await call(account, service, { target, body: JSON.stringify(body) });
    return JSON.parse(text);
  };

  beforeAll(async () => {
    account = await startTestAccount();
    folder = join(account.folder, "stack");
    mkdirSync(folder);
    writeFileSync(join(folder, "cdk.tf.json"), stack("2026-01-01", 5, "echo 1"));
    await terraform("init", "-no-color");
  });
  afterAll(() => account?.stop());

  it("applies, and a second plan has no changes", async () => {
    await apply(stack("2026-01-01", 5, "echo 1"));
    const { Table } = await ask("glue", "AWSGlue.GetTable", { DatabaseName: "darkroom_test", Name: "features" });
    expect(
      Table.StorageDescriptor.Columns.map(({ Name, Type }: Record<string, string>) => ({ name: Name, type: Type })),
    ).toEqual(hiveColumns);
    expect(Table.PartitionKeys).toMatchObject([{ Name: "dt", Type: "string" }]);
    expect(Table.Parameters).toMatchObject({
      "projection.dt.range": "2026-01-01,NOW",
      // As Athena wants it: Terraform has taken the second dollar away.
      "storage.location.template": "s3://processed/features/dt=$".concat("{dt}/"),
    });
  });

  it("changes in place, another script in the place of the old one, and a second plan has no changes", async () => {
    await apply(stack("2025-01-01", 7, "echo 2"));
    const { WorkGroup } = await ask("athena", "AmazonAthena.GetWorkGroup", { WorkGroup: "darkroom-test-analysts-a" });
    expect(WorkGroup.Configuration).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 7_000_000_000,
      ResultConfiguration: {
        OutputLocation: "s3://analysts/queries/a/",
        EncryptionConfiguration: { EncryptionOption: "SSE_KMS", KmsKey: kmsKeyArn },
      },
    });
  });

  it("is destroyed whole", async () => {
    expect((await terraform("destroy", "-no-color", "-auto-approve")).stdout).toContain("Destroy complete!");
  });
});
