import { GpuMeter } from "../../modules/gpu-meter";
import { synthConstruct } from "../support/construct";
import { resource } from "../support/synth";

const account = "111111111111";
const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/1";
const stack = synthConstruct((scope) => {
  new GpuMeter(scope, "meter", {
    functionName: "darkroom-test-gpu-meter",
    code: { zipPath: "assets/meter.zip", sha256: "hash", architecture: "arm64" },
    environment: "test",
    account,
    region: "eu-central-1",
    domainId: "d-1",
    groups: ["one", "two"],
    rolePrefix: "darkroom-test-analysts-",
    kmsKeyArn,
    logRetentionDays: 30,
  });
});
const arn = (resource: string) => `arn:aws:sagemaker:eu-central-1:${account}:${resource}`;

it("is a function of the code's machine, encrypted and traced, that never runs twice at once and outside of the network", () => {
  const lambda = resource(stack, "aws_lambda_function");
  expect(lambda).toMatchObject({
    function_name: "darkroom-test-gpu-meter",
    handler: "gpu-meter.handler",
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    filename: "assets/meter.zip",
    source_code_hash: "hash",
    memory_size: 256,
    reserved_concurrent_executions: 1,
    kms_key_arn: kmsKeyArn,
    tracing_config: { mode: "Active" },
  });
  expect(lambda.vpc_config).toBeUndefined();
  expect(lambda.depends_on).toEqual([
    expect.stringMatching(/^aws_cloudwatch_log_group\.meter_log_/),
    expect.stringMatching(/^aws_iam_role_policy\.meter_role_rights_/),
  ]);
});

it("is told what it needs to know whose things are", () => {
  expect(resource(stack, "aws_lambda_function").environment).toEqual({
    variables: {
      ENVIRONMENT: "test",
      DOMAIN_ID: "d-1",
      GROUPS: "one,two",
      NAME_PREFIX: "test-",
      NAME_END: "--",
      ROLE_PREFIX: "darkroom-test-analysts-",
      SAMPLE_MINUTES: "5",
    },
  });
});

it("is called every five minutes, which is what a sample stands for, and is done before the next", () => {
  const rule = resource(stack, "aws_cloudwatch_event_rule");
  expect(rule).toMatchObject({ name: "darkroom-test-gpu-meter", schedule_expression: "rate(5 minutes)" });
  expect(resource(stack, "aws_cloudwatch_event_target")).toMatchObject({
    rule: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.meter_rule_\w+\.name\}$/),
    arn: expect.stringMatching(/^\$\{aws_lambda_function\.meter\w*\.arn\}$/),
  });
  expect(resource(stack, "aws_lambda_permission")).toMatchObject({
    action: "lambda:InvokeFunction",
    principal: "events.amazonaws.com",
    source_arn: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.meter_rule_\w+\.arn\}$/),
    source_account: account,
  });
  expect(resource(stack, "aws_lambda_function").timeout).toBeLessThan(300);
});

it("may list and describe what runs, write its log and its traces, and nothing else", () => {
  const { policy } = resource(stack, "aws_iam_role_policy");
  const { Statement } = JSON.parse(String(policy).replaceAll(/\$\{[^}]+\}/g, "log-group")) as {
    Statement: readonly { Effect: string; Action: readonly string[]; Resource: readonly string[] }[];
  };
  expect(Statement.map(({ Effect, Action, Resource }) => [Effect, Action, Resource])).toEqual([
    ["Allow", ["logs:CreateLogStream", "logs:PutLogEvents"], ["log-group:*"]],
    ["Allow", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]],
    [
      "Allow",
      ["Apps", "Endpoints", "ProcessingJobs", "TrainingJobs", "TransformJobs"].map((kind) => `sagemaker:List${kind}`),
      ["*"],
    ],
    [
      "Allow",
      ["sagemaker:DescribeProcessingJob", "sagemaker:DescribeTrainingJob", "sagemaker:DescribeTransformJob"],
      [arn("processing-job/*"), arn("training-job/*"), arn("transform-job/*")],
    ],
    [
      "Allow",
      ["sagemaker:ListTags"],
      [arn("endpoint/*"), arn("processing-job/*"), arn("training-job/*"), arn("transform-job/*")],
    ],
    [
      "Allow",
      ["sagemaker:DescribeEndpoint", "sagemaker:DescribeEndpointConfig"],
      [arn("endpoint/*"), arn("endpoint-config/*")],
    ],
    [
      "Allow",
      ["sagemaker:DescribeSpace", "sagemaker:DescribeUserProfile"],
      [arn("space/d-1/*"), arn("user-profile/d-1/*")],
    ],
  ]);
});

it("keeps its log as long as all logs, encrypted", () => {
  expect(resource(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/lambda/darkroom-test-gpu-meter",
    retention_in_days: 30,
    kms_key_id: kmsKeyArn,
  });
});
