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
