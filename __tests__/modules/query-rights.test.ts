import { policyDocument } from "../../modules/policy";
import { queryRights } from "../../modules/query-rights";
import { workspaceRights } from "../../modules/workspace-rights";
import { decide, statementsOf } from "../support/iam/decide";

const place = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:111111111111:${resource}`;
const buckets = { processed: "processed", analysts: "analysts", apps: "apps" };
const group = "image-analysts";

const may = (action: string, resource: string, keys: Record<string, string> = {}) => {
  const props = { group, account: "111111111111", region: "eu-central-1", buckets };
  const rights = [
    ...queryRights({ ...props, workgroupName: "darkroom-dev-analysts-image-analysts", databaseName: "darkroom_dev" }),
    ...workspaceRights({ group, notebooks: true, training: true, buckets }),
  ];
  return decide(statementsOf([policyDocument(rights)]), { action, resource, keys });
};

it.each([
  ["athena:StartQueryExecution", place("athena", "workgroup/darkroom-dev-analysts-image-analysts")],
  ["athena:GetQueryResults", place("athena", "workgroup/darkroom-dev-analysts-image-analysts")],
  ["glue:GetTable", place("glue", "catalog")],
  ["glue:GetTable", place("glue", "database/darkroom_dev")],
  ["glue:GetTable", place("glue", "table/darkroom_dev/features")],
  // Athena does not work without these two, whatever database is asked.
  ["glue:GetDatabase", place("glue", "database/default")],
  ["glue:CreateDatabase", place("glue", "database/default")],
  ["glue:GetPartitions", place("glue", "table/darkroom_dev/features")],
  ["s3:PutObject", "arn:aws:s3:::analysts/queries/image-analysts/1.csv"],
  ["s3:GetObject", "arn:aws:s3:::analysts/queries/image-analysts/1.csv"],
  ["s3:GetBucketLocation", "arn:aws:s3:::processed"],
  ["s3:GetObject", "arn:aws:s3:::apps/notebooks/01-explore.ipynb"],
  ["s3:PutObject", "arn:aws:s3:::analysts/models/image-analysts/model.tar.gz"],
])("a group may %s of %s", (action, resource) => {
  expect(may(action, resource)).toBe("allowed");
});

it.each([
  ["athena:StartQueryExecution", place("athena", "workgroup/darkroom-dev-analysts-others")],
  ["athena:StartQueryExecution", place("athena", "workgroup/primary")],
  ["athena:UpdateWorkGroup", place("athena", "workgroup/darkroom-dev-analysts-image-analysts")],
  ["glue:GetTable", place("glue", "table/darkroom_prod/features")],
  ["glue:GetTable", place("glue", "table/default/others")],
  ["glue:CreateDatabase", place("glue", "database/others")],
  ["glue:UpdateTable", place("glue", "table/darkroom_dev/features")],
  ["s3:GetObject", "arn:aws:s3:::analysts/queries/others/1.csv"],
  ["s3:GetObject", "arn:aws:s3:::analysts/models/image-analysts-2/model.tar.gz"],
  ["s3:GetObject", "arn:aws:s3:::processed/features/dt=2026-01-31/a.json"],
  ["s3:GetObject", "arn:aws:s3:::apps/darkroom-dev-web-stream/1.zip"],
  ["s3:PutObject", "arn:aws:s3:::apps/notebooks/01-explore.ipynb"],
])("a group may not %s of %s", (action, resource) => {
  expect(may(action, resource)).toBe("not granted");
});

it("lists its own results, models and the starter notebooks, and nothing beside them", () => {
  const list = (bucket: string, prefix: string) =>
    may("s3:ListBucket", `arn:aws:s3:::${bucket}`, { "s3:prefix": prefix });
  expect(list("analysts", "queries/image-analysts/")).toBe("allowed");
  expect(list("analysts", "models/image-analysts/")).toBe("allowed");
  expect(list("apps", "notebooks/")).toBe("allowed");
  expect(list("analysts", "queries/")).toBe("not granted");
  expect(list("apps", "darkroom-dev-web-stream/")).toBe("not granted");
});

it("without notebooks and training there is nothing to fetch or keep", () => {
  expect(workspaceRights({ group, notebooks: false, training: false, buckets })).toEqual([]);
});
