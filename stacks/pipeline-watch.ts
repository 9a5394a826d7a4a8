import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { Alarms, type Watch } from "../modules/alarms";
import { Dashboard } from "../modules/dashboard";
import { resourceName } from "../modules/names";
import { gpuHoursChart } from "./gpu-hours-chart";
import { streamWatches } from "./stream-watches";

interface PipelineParts {
  readonly kmsKeyArn: string;
  readonly streamFunction: string;
  /** UUID of the event source mapping that feeds the stream function. */
  readonly streamMapping: string;
  readonly batchFunction: string;
  /** Function of the container image with the engineers' code. @default - none: the code is in the others' bundle */
  readonly processingFunction?: string | undefined;
  readonly stateMachineArn: string;
  /** Queue of batch starts that could not be made. */
  readonly notStartedQueue: string;
}

/** Tells the people of `alerts` when the pipeline fails or falls behind, and draws it on one dashboard. */
export function observePipeline(scope: Construct, environment: Environment, parts: PipelineParts): void {
  new Alarms(scope, "alarms", {
    name: resourceName(environment, "pipeline"),
    account: environment.account,
    kmsKeyArn: parts.kmsKeyArn,
    emails: environment.alerts.emails,
    watches: watches(environment, parts),
  });
  const { streamFunction, batchFunction, processingFunction, stateMachineArn } = parts;
  const functions = [streamFunction, batchFunction, ...(processingFunction === undefined ? [] : [processingFunction])];
  const each = (metric: string) => functions.map((name) => ["AWS/Lambda", metric, "FunctionName", name] as const);
  const images = (...metrics: string[]) =>
    ["stream", "batch"].flatMap((name) =>
      metrics.map((metric) => ["Darkroom", metric, "environment", environment.name, "function", name] as const),
    );
  const runs = (metric: string) => ["AWS/States", metric, "StateMachineArn", stateMachineArn] as const;
  new Dashboard(scope, "dashboard", {
    name: resourceName(environment, "pipeline"),
    region: environment.region,
    charts: [
      {
        title: "Images",
        statistic: "Sum",
        metrics: images("ImagesProcessed", "ImagesQuarantined", "ImagesSkipped", "ImagesFailed"),
      },
      { title: "Milliseconds an image, 99th percentile", statistic: "p99", metrics: images("ProcessingMilliseconds") },
      { title: "Bytes of images", statistic: "Sum", metrics: images("Bytes") },
      { title: "Calls", statistic: "Sum", metrics: each("Invocations") },
      { title: "Errors", statistic: "Sum", metrics: each("Errors") },
      { title: "Milliseconds a call, 99th percentile", statistic: "p99", metrics: each("Duration") },
      {
        title: "Records that wait in Kafka",
        statistic: "Maximum",
        metrics: [["AWS/Lambda", "OffsetLag", "FunctionName", streamFunction]],
      },
      { title: "Calls at once", statistic: "Maximum", metrics: each("ConcurrentExecutions") },
      {
        title: "Batch runs",
        statistic: "Sum",
        metrics: [runs("ExecutionsStarted"), runs("ExecutionsSucceeded"), runs("ExecutionsFailed")],
      },
      ...gpuHoursChart(environment),
    ],
  });
}

function watches(environment: Environment, parts: PipelineParts): Watch[] {
  const run = {
    namespace: "AWS/States",
    dimensions: { StateMachineArn: parts.stateMachineArn },
    statistic: "Sum",
    threshold: 0,
  } as const;
  return [
    {
      ...run,
      id: "batch-failed",
      metric: "ExecutionsFailed",
      description:
        "A batch run failed. Images not processed stay pending and the next run takes them; the run's page says which failed.",
    },
    {
      ...run,
      id: "batch-timed-out",
      metric: "ExecutionsTimedOut",
      description: "A batch run took longer than six hours. Raise batchConcurrency, or start it more often.",
    },
    {
      id: "batch-not-started",
      namespace: "AWS/SQS",
      metric: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: parts.notStartedQueue },
      statistic: "Maximum",
      threshold: 0,
      description: "The schedule could not start a batch run; the message in the queue says why.",
    },
    ...streamWatches(environment, parts),
    ...containerWatches(parts.processingFunction),
  ];
}

/** A container image that fails makes its callers try again, in vain; their own errors come much later. */
function containerWatches(functionName: string | undefined): Watch[] {
  if (functionName === undefined) return [];
  const container = {
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: functionName },
    statistic: "Sum",
    threshold: 0,
  } as const;
  return [
    {
      ...container,
      id: "processing-errors",
      metric: "Errors",
      description: "The container image of processing.code.image failed on an image or was too slow; its log says why.",
    },
    {
      ...container,
      id: "processing-throttled",
      metric: "Throttles",
      description: "More calls of the container image were wanted than are reserved for it; images are tried again.",
    },
  ];
}
