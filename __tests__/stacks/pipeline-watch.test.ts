import { environmentWith, resource, synth } from "../support/synth";

const { compute } = synth(environmentWith("prod"));
const alarm = (id: string) =>
  Object.values(compute.resource.aws_cloudwatch_metric_alarm ?? {}).find(
    ({ alarm_name }) => alarm_name === `darkroom-prod-pipeline-${id}`,
  );

it("the dashboard draws how images end, their time and bytes, by the metrics that the functions write", () => {
  const { widgets } = JSON.parse(String(resource(compute, "aws_cloudwatch_dashboard").dashboard_body));
  const drawn = new Map<string, unknown[]>(
    widgets.map(({ properties }: { properties: { title: string; metrics: unknown[] } }) => [
      properties.title,
      properties.metrics,
    ]),
  );
  const metric = (name: string) =>
    ["stream", "batch"].map((of) => ["Darkroom", name, "environment", "prod", "function", of]);
  for (const name of ["ImagesProcessed", "ImagesQuarantined", "ImagesSkipped", "ImagesFailed"])
    expect(drawn.get("Images")).toEqual(expect.arrayContaining(metric(name)));
  expect(drawn.get("Milliseconds an image, 99th percentile")).toEqual(metric("ProcessingMilliseconds"));
  expect(drawn.get("Bytes of images")).toEqual(metric("Bytes"));
});

describe("the alarms of the stream", () => {
  const mapping = resource(compute, "aws_lambda_event_source_mapping");

  it("tell of records that Lambda gave up on, which are no errors of the function", () => {
    expect(mapping.metrics_config).toEqual({ metrics: ["EventCount"] });
    expect(alarm("stream-given-up")).toMatchObject({
      namespace: "AWS/Lambda",
      metric_name: "OnFailureDestinationDeliveredEventCount",
      dimensions: {
        EventSourceMappingUUID: expect.stringMatching(
          /^\$\{aws_lambda_event_source_mapping\.stream-source\w*\.uuid\}$/,
        ),
      },
      statistic: "Sum",
      threshold: 0,
    });
  });

  it("tell of given-up records that could not be kept", () => {
    expect(alarm("stream-lost")).toMatchObject({
      namespace: "AWS/Lambda",
      metric_name: "DestinationDeliveryFailures",
      dimensions: { FunctionName: "darkroom-prod-stream" },
      statistic: "Sum",
      threshold: 0,
    });
  });
});

it("a run that is cut off or stopped is told to the report function, and to nobody else", () => {
  const rule = resource(compute, "aws_cloudwatch_event_rule");
  expect(JSON.parse(String(rule.event_pattern))).toEqual({
    source: ["aws.states"],
    "detail-type": ["Step Functions Execution Status Change"],
    detail: {
      stateMachineArn: [expect.stringMatching(/^\$\{aws_sfn_state_machine\.batch-workflow\w*\.arn\}$/)],
      status: ["TIMED_OUT", "ABORTED"],
    },
  });
  expect(rule.name).toBe("darkroom-prod-batch-cut-off");
  const reportFunction = expect.stringMatching(/^\$\{aws_lambda_function\.batch-report\w*\.(arn|function_name)\}$/);
  expect(resource(compute, "aws_cloudwatch_event_target")).toMatchObject({
    rule: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.cut-off-runs_rule\w*\.name\}$/),
    arn: reportFunction,
  });
  expect(resource(compute, "aws_lambda_permission")).toMatchObject({
    principal: "events.amazonaws.com",
    function_name: reportFunction,
    source_arn: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.cut-off-runs_rule\w*\.arn\}$/),
    source_account: expect.stringMatching(/^\d{12}$/),
  });
});
