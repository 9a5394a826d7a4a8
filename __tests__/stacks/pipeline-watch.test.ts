import { environmentWith, resource, type SynthesizedStack, synth } from "../support/synth";

const prod = environmentWith("prod");
const { compute, streaming } = synth(prod);
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

describe("the dashboard's chart of GPU hours", () => {
  const dashboard = (stack: typeof compute) =>
    JSON.parse(String(resource(stack, "aws_cloudwatch_dashboard").dashboard_body));
  const chart = (stack: typeof compute) =>
    dashboard(stack).widgets.find(({ properties }: { properties: { title: string } }) =>
      properties.title.startsWith("GPU hours"),
    );

  it("draws each group and what is nobody's in hours a day, and the limits of those that have one", () => {
    expect(chart(compute)).toEqual({
      type: "metric",
      x: 0,
      y: 18,
      width: 8,
      height: 6,
      properties: {
        title: "GPU hours a day (UTC)",
        region: "eu-central-1",
        stat: "Sum",
        period: 86_400,
        metrics: [
          [{ id: "line0", label: "image-analysts", expression: "metric0 / 60" }],
          [
            "Darkroom",
            "GpuMinutes",
            "environment",
            "prod",
            "group",
            "image-analysts",
            { id: "metric0", visible: false },
          ],
          [{ id: "line1", label: "image-scientists", expression: "metric1 / 60" }],
          [
            ...["Darkroom", "GpuMinutes", "environment", "prod", "group", "image-scientists"],
            { id: "metric1", visible: false },
          ],
          [{ id: "line2", label: "no group", expression: "metric2 / 60" }],
          ["Darkroom", "UnassignedGpuMinutes", "environment", "prod", { id: "metric2", visible: false }],
        ],
        annotations: { horizontal: [{ label: "limit of image-scientists", value: 96 }] },
      },
    });
  });

  it("keeps to days, whatever the range that is shown", () => {
    expect(dashboard(compute)).toMatchObject({ start: "-P3D", periodOverride: "inherit" });
  });

  it("is not there where no group has a limit, since nothing is measured there", () => {
    const without = synth(environmentWith("prod", { "analytics.groups.1.dailyGpuHours": undefined })).compute;
    expect(chart(without)).toBeUndefined();
  });
});

describe("the alarms of the stream", () => {
  const mapping = resource(compute, "aws_lambda_event_source_mapping");
  const uuid = expect.stringMatching(/^\$\{aws_lambda_event_source_mapping\.stream-source\w*\.uuid\}$/);

  it("tell of records that Lambda gave up on, which are no errors of the function", () => {
    expect(mapping.metrics_config).toEqual({ metrics: ["EventCount"] });
    expect(alarm("stream-given-up")).toMatchObject({
      namespace: "AWS/Lambda",
      metric_name: "OnFailureDestinationDeliveredEventCount",
      dimensions: { EventSourceMappingUUID: uuid },
      statistic: "Sum",
      threshold: 0,
    });
  });

  it("tell of given-up records that could not be kept", () => {
    expect(alarm("stream-lost")).toMatchObject({
      namespace: "AWS/Lambda",
      metric_name: "DroppedEventCount",
      dimensions: { EventSourceMappingUUID: uuid },
      statistic: "Sum",
      threshold: 0,
    });
  });

  it("tell of a topic that nobody reads, where Lambda measures nothing at all", () => {
    expect(alarm("stream-stopped")).toMatchObject({
      namespace: "AWS/Lambda",
      metric_name: "PolledEventCount",
      dimensions: { EventSourceMappingUUID: uuid },
      period: 900,
      treat_missing_data: "breaching",
    });
    expect(alarm("stream-errors")).toMatchObject({ treat_missing_data: "notBreaching" });
  });

  it("tell of each broker's disk that fills up, and of none where there is none", () => {
    const disks = ({ resource: { aws_cloudwatch_metric_alarm: alarms = {} } }: SynthesizedStack) =>
      Object.values(alarms).filter(({ metric_name }) => metric_name === "KafkaDataLogsDiskUsed");
    expect(disks(compute).map(({ dimensions }) => dimensions)).toEqual(
      ["1", "2", "3"].map((broker) => ({ "Cluster Name": "darkroom-prod-images", "Broker ID": broker })),
    );
    expect(disks(compute)[0]).toMatchObject({ namespace: "AWS/Kafka", statistic: "Maximum", threshold: 80 });
    expect(resource(streaming, "aws_msk_cluster").cluster_name).toBe("darkroom-prod-images");
    const { topic, partitions, inlineMaxBytes, consumer } = prod.streaming;
    const serverless = { mode: "serverless" as const, topic, partitions, inlineMaxBytes, consumer };
    expect(disks(synth({ ...prod, streaming: serverless }).compute)).toEqual([]);
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
