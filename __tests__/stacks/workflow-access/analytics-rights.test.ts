import { ask } from "./access";

const place = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:333333333333:${resource}`;
const workgroup = place("athena", "workgroup/darkroom-prod-analysts-image-analysts");
const table = place("glue", "table/darkroom_prod/features");

it.each([
  ["glue:CreateDatabase", place("glue", "database/darkroom_prod"), "allowed"],
  ["glue:UpdateTable", table, "allowed"],
  ["glue:DeleteTable", place("glue", "catalog"), "allowed"],
  ["glue:UpdateTable", place("glue", "table/darkroom_dev/features"), "not granted"],
  ["athena:CreateWorkGroup", workgroup, "allowed"],
  ["athena:UpdateWorkGroup", place("athena", "workgroup/primary"), "not granted"],
  ["athena:StartQueryExecution", workgroup, "not granted"],
  ["athena:GetQueryResults", workgroup, "not granted"],
  [
    "sagemaker:CreateStudioLifecycleConfig",
    place("sagemaker", "studio-lifecycle-config/darkroom-prod-start-1"),
    "allowed",
  ],
  ["sagemaker:DeleteStudioLifecycleConfig", place("sagemaker", "studio-lifecycle-config/others"), "not granted"],
])("an apply asked for %s of %s is %s", (action, at, answer) => {
  expect(ask("apply", action, at)).toBe(answer);
});

it.each([
  "athena:GetWorkGroup",
  "athena:ListTagsForResource",
  "glue:GetTable",
  "glue:GetDatabase",
  "glue:GetPartitionIndexes",
  "glue:GetTags",
])("a plan reads how queries are set up: %s", (action) => {
  expect(ask("plan", action, action.startsWith("athena") ? workgroup : table)).toBe("allowed");
});

it("nobody of the workflows reads what analysts made", () => {
  const results = "arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-analysts/queries/image-analysts/1.csv";
  expect(ask("plan", "s3:GetObject", results)).toBe("refused");
  expect(ask("apply", "s3:GetObject", results)).toBe("refused");
});
