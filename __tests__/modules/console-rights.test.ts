import { simulate } from "../../gitops/access/simulate";
import { consoleRights } from "../../modules/console-rights";
import { type PolicyStatement, policyDocument } from "../../modules/policy";

const place = { account: "333333333333", region: "eu-central-1" };
const statement = (sid: string, actions: string[], effect?: "Deny"): PolicyStatement => ({
  sid,
  actions,
  resources: ["*"],
  ...(effect && { effect }),
});
const kept = (...statements: PolicyStatement[]) =>
  consoleRights({ statements, ...place }).flatMap((found) => (statements.includes(found) ? [found.sid] : []));

it("are the group's rights to data and queries, as they are", () => {
  expect(
    kept(
      statement("Read", ["s3:GetObject"]),
      statement("Key", ["kms:Decrypt", "kms:GenerateDataKey"]),
      statement("Ask", ["athena:StartQueryExecution"]),
      statement("Table", ["glue:GetTable"]),
    ),
  ).toEqual(["Read", "Key", "Ask", "Table"]);
});

it("leave out whatever starts machines, lends keys or hands on roles, also where it stands beside reading", () => {
  expect(
    kept(
      statement("Train", ["sagemaker:CreateTrainingJob"]),
      statement("Open", ["sagemaker:CreatePresignedDomainUrl"]),
      statement("Lend", ["kms:CreateGrant"]),
      statement("Pass", ["iam:PassRole"]),
      statement("Both", ["s3:GetObject", "sagemaker:CreateTrainingJob"]),
      statement("All", ["*"]),
    ),
  ).toEqual([]);
});

it("keep refusals of reading, so that nothing is read by the console that Studio refuses", () => {
  expect(
    kept(
      statement("NoOriginals", ["s3:GetObject", "sagemaker:CreateApp"], "Deny"),
      statement("Nothing", ["*"], "Deny"),
      statement("OnlyThisLong", ["sagemaker:CreateTrainingJob"], "Deny"),
    ),
  ).toEqual(["NoOriginals", "Nothing"]);
});

it("find the group's workgroup, its queries and the table on Athena's pages, and no other group's queries", () => {
  const workgroup = "arn:aws:athena:eu-central-1:333333333333:workgroup/ours";
  const ask = { sid: "Ask", actions: ["athena:StartQueryExecution"], resources: [workgroup] };
  const statements = JSON.parse(policyDocument(consoleRights({ statements: [ask], ...place }))).Statement;
  const may = (action: string, resource: string) => simulate(statements, undefined, { action, resource }).allowed;
  for (const list of ["ListWorkGroups", "ListEngineVersions", "ListDataCatalogs"]) {
    expect([list, may(`athena:${list}`, "*")]).toEqual([list, true]);
  }
  const catalog = "arn:aws:athena:eu-central-1:333333333333:datacatalog/AwsDataCatalog";
  for (const look of ["ListDatabases", "GetDatabase", "ListTableMetadata", "GetTableMetadata"]) {
    expect([look, may(`athena:${look}`, catalog)]).toEqual([look, true]);
  }
  expect(may("glue:GetDatabases", "arn:aws:glue:eu-central-1:333333333333:database/darkroom_prod")).toBe(true);
  expect(may("athena:BatchGetQueryExecution", workgroup)).toBe(true);
  expect(may("athena:BatchGetQueryExecution", workgroup.replace("ours", "theirs"))).toBe(false);
  expect(may("athena:GetQueryResults", workgroup.replace("ours", "theirs"))).toBe(false);
});

it("find nothing of Athena's for whoever asks no queries", () => {
  const read = { sid: "Read", actions: ["s3:GetObject"], resources: ["*"] };
  expect(
    consoleRights({ statements: [read], ...place })
      .flatMap(({ actions }) => actions)
      .join(),
  ).not.toMatch(/athena|glue/);
});

it("let everybody find Studio and look at profiles, and open none", () => {
  expect(consoleRights({ statements: [], ...place }).flatMap(({ actions }) => actions)).toEqual([
    "sagemaker:ListDomains",
    "sagemaker:ListUserProfiles",
    "sagemaker:DescribeDomain",
    "sagemaker:DescribeUserProfile",
  ]);
});
