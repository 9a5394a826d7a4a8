import { consoleRights } from "../../modules/console-rights";
import type { PolicyStatement } from "../../modules/policy";

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

it("let everybody find Studio and look at profiles, and open none", () => {
  expect(consoleRights({ statements: [], ...place }).flatMap(({ actions }) => actions)).toEqual([
    "sagemaker:ListDomains",
    "sagemaker:ListUserProfiles",
    "sagemaker:DescribeDomain",
    "sagemaker:DescribeUserProfile",
  ]);
});
