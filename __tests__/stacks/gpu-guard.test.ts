import { environmentWith, resource, type SynthesizedStack, synth } from "../support/synth";
import { ask } from "./workflow-access/access";

const { analytics } = synth(environmentWith("prod"));
const alarms = ({ resource: resources }: SynthesizedStack) =>
  Object.values(resources.aws_cloudwatch_metric_alarm ?? {});
const topic = [expect.stringMatching(/^\$\{aws_sns_topic\.gpu-alarms_topic_\w+\.arn\}$/)];

it("tells when a group's GPUs ran longer than its limit within a day, or the meter fails or is silent", () => {
  expect(alarms(analytics)).toEqual([
    expect.objectContaining({
      alarm_name: "darkroom-prod-gpu-hours-image-scientists",
      namespace: "Darkroom",
      metric_name: "GpuMinutes",
      dimensions: { environment: "prod", group: "image-scientists" },
      statistic: "Sum",
      period: 86_400,
      evaluation_periods: 1,
      threshold: 96 * 60,
      comparison_operator: "GreaterThanThreshold",
      treat_missing_data: "notBreaching",
      alarm_actions: topic,
      ok_actions: topic,
      alarm_description:
        "GPUs of image-scientists ran longer than 96 hours within 24 hours (dailyGpuHours; the metric is in minutes). Nothing was stopped: the log of darkroom-prod-gpu-meter says what runs.",
    }),
    expect.objectContaining({
      alarm_name: "darkroom-prod-gpu-meter-failed",
      namespace: "AWS/Lambda",
      metric_name: "Errors",
      dimensions: { FunctionName: "darkroom-prod-gpu-meter" },
      statistic: "Sum",
      period: 1800,
      threshold: 2,
      treat_missing_data: "breaching",
      alarm_actions: topic,
    }),
  ]);
});

it("tells the people of alerts", () => {
  const mails = Object.values(analytics.resource.aws_sns_topic_subscription ?? {});
  expect(mails.map(({ endpoint, topic_arn }) => [endpoint, topic_arn])).toEqual([
    ["image-platform@example.com", topic[0]],
    ["on-call@example.com", topic[0]],
  ]);
});

it("measures all groups, those without a limit too, by their names and roles", () => {
  const { variables } = resource(analytics, "aws_lambda_function").environment as {
    variables: Record<string, string>;
  };
  expect(variables).toEqual({
    ENVIRONMENT: "prod",
    DOMAIN_ID: expect.stringMatching(/^\$\{aws_sagemaker_domain\.studio\w*\.id\}$/),
    GROUPS: "image-analysts,image-scientists",
    NAME_PREFIX: "prod-",
    NAME_END: "--",
    ROLE_PREFIX: "darkroom-prod-analysts-",
    SAMPLE_MINUTES: "5",
  });
  const roles = Object.values(analytics.resource.aws_iam_role ?? {}).map(({ name }) => name);
  for (const group of variables.GROUPS?.split(",") ?? []) expect(roles).toContain(`${variables.ROLE_PREFIX}${group}`);
});

it("runs under the boundary, on what a bundle of its own holds", () => {
  const role = Object.values(analytics.resource.aws_iam_role ?? {}).find(
    ({ name }) => name === "darkroom-prod-gpu-meter",
  );
  expect(role?.permissions_boundary).toBe("arn:aws:iam::333333333333:policy/darkroom-prod-boundary");
  expect(resource(analytics, "aws_lambda_function").filename).toMatch(/^assets\/gpu-meter-code\/\w+\/gpu-meter\.zip$/);
});

it("without a group that has a limit there is nothing of it", () => {
  const without = synth(environmentWith("prod", { "analytics.groups.1.dailyGpuHours": undefined })).analytics;
  for (const type of [
    "aws_lambda_function",
    "aws_cloudwatch_metric_alarm",
    "aws_sns_topic",
    "aws_cloudwatch_event_rule",
  ])
    expect(without.resource[type]).toBeUndefined();
});

it.each([
  ["lambda:CreateFunction", "arn:aws:lambda:eu-central-1:333333333333:function:darkroom-prod-gpu-meter"],
  ["events:PutRule", "arn:aws:events:eu-central-1:333333333333:rule/darkroom-prod-gpu-meter"],
  ["cloudwatch:PutMetricAlarm", "arn:aws:cloudwatch:eu-central-1:333333333333:alarm:darkroom-prod-gpu-meter-failed"],
  ["sns:CreateTopic", "arn:aws:sns:eu-central-1:333333333333:darkroom-prod-gpu-alarms"],
  ["logs:CreateLogGroup", "arn:aws:logs:eu-central-1:333333333333:log-group:/aws/lambda/darkroom-prod-gpu-meter"],
])("an apply makes it (%s), and no plan does", (action, at) => {
  expect(ask("apply", action, at)).toBe("allowed");
  expect(ask("plan", action, at)).toBe("not granted");
});
