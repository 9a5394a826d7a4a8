import { ask, bucket, policiesOf, prod, stateKey } from "./access";

const somewhere = "arn:aws:any:eu-central-1:333333333333:thing";
const dataKey = "arn:aws:kms:eu-central-1:333333333333:key/data";

it.each(["uploads", "processed", "quarantine", "logs"])("reads and writes no object of %s", (part) => {
  for (const action of ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"]) {
    expect([action, ask("plan", action, bucket(part, "/images/1.jpg"))]).toEqual([action, "refused"]);
  }
});

it.each([
  "kafka-cluster:ReadData",
  "kafka-cluster:Connect",
  "dynamodb:GetItem",
  "dynamodb:Scan",
  "logs:GetLogEvents",
  "logs:FilterLogEvents",
  "lambda:InvokeFunction",
  "sqs:ReceiveMessage",
  "states:GetExecutionHistory",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ec2:DescribeInstanceAttribute",
  "sagemaker:InvokeEndpoint",
  "sts:AssumeRole",
])("is refused %s, whatever else it gets", (action) => {
  expect(ask("plan", action, somewhere)).toBe("refused");
});

it("opens the key of states, and no other", () => {
  expect(ask("plan", "kms:Decrypt", stateKey)).toBe("allowed");
  expect(ask("plan", "kms:Decrypt", dataKey)).toBe("refused");
  expect(ask("plan", "kms:Decrypt", dataKey, { "kms:ViaService": "s3.eu-central-1.amazonaws.com" })).toBe("refused");
});

it("reads states and does not write them", () => {
  expect(ask("plan", "s3:GetObject", bucket("state", "/data.tfstate"))).toBe("allowed");
  expect(ask("plan", "s3:PutObject", bucket("state", "/data.tfstate"))).toBe("not granted");
  expect(ask("plan", "s3:PutObject", bucket("state", "/data.tfstate.tflock"))).toBe("not granted");
});

it("puts plans where it can't read them, and reads records that it can't add", () => {
  const plan = bucket("plans", "/reviews/pr-1/abc/1-1/prod/prod-data/plan.tfplan");
  expect(ask("plan", "s3:PutObject", plan)).toBe("allowed");
  expect(ask("plan", "s3:GetObject", plan)).toBe("not granted");
  expect(ask("plan", "s3:DeleteObject", plan)).toBe("not granted");
  // What a plan was made from, without a value.
  expect(ask("plan", "s3:GetObject", plan.replace("plan.tfplan", "manifest.json"))).toBe("allowed");
  expect(ask("plan", "s3:GetObject", plan.replace("plan.tfplan", "terraform.lock.hcl"))).toBe("not granted");
  const record = bucket("plans", "/records/abc/prod/1-1.json");
  expect(ask("plan", "s3:GetObject", record)).toBe("allowed");
  expect(ask("plan", "s3:PutObject", record)).toBe("not granted");
});

it.each([
  "ec2:DescribeVpcs",
  "s3:GetBucketPolicy",
  "s3:ListBucket",
  "iam:GetRolePolicy",
  "kafka:DescribeClusterV2",
  "lambda:GetFunction",
  "sagemaker:DescribeDomain",
  "elasticbeanstalk:DescribeEnvironments",
  "kms:GetKeyPolicy",
])("reads how things are set up: %s", (action) => {
  expect(ask("plan", action, somewhere)).toBe("allowed");
});

it("is granted nothing but reading, here and in Identity Center, and putting plans under the key", () => {
  const granted = policiesOf(prod.bootstrap, "darkroom-prod-plan-").flatMap((policy) =>
    (JSON.parse(policy) as { Statement: { Effect: string; Action: string[] }[] }).Statement.filter(
      ({ Effect }) => Effect === "Allow",
    ).flatMap(({ Action }) => Action),
  );
  const reading = /^[a-z0-9-]+:(Get|Describe|List|View|Validate)[A-Za-z]*\*?$/;
  expect(granted.filter((action) => !reading.test(action))).toEqual([
    "s3:PutObject",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    // Of one role, that reads too: identity-rights.test.ts.
    "sts:AssumeRole",
  ]);
});
