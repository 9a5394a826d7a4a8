import { environmentWith, resource, synth } from "../support/synth";

const { compute } = synth(environmentWith("prod"));
const alarm = (id: string) =>
  Object.values(compute.resource.aws_cloudwatch_metric_alarm ?? {}).find(
    ({ alarm_name }) => alarm_name === `darkroom-prod-pipeline-${id}`,
  );

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
