import type { Environment } from "../environments/schema";
import type { Watch } from "../modules/alarms";
import { kafkaClusterName } from "../modules/names";

interface StreamParts {
  readonly streamFunction: string;
  /** UUID of the event source mapping that feeds it. */
  readonly streamMapping: string;
}

/** Of a metric that only has to be there. */
const neverReached = 1e12;
const pollingSeconds = 15 * 60;
/** Per cent of a disk at which there is still time to give it more. */
const fullPercent = 80;

/** What is watched on the way of a streamed image: Kafka's disks, Lambda's pollers, the function. */
export function streamWatches(environment: Environment, { streamFunction, streamMapping }: StreamParts): Watch[] {
  const stream = { namespace: "AWS/Lambda", dimensions: { FunctionName: streamFunction } } as const;
  // Lambda Developer Guide, "Types of metrics for Lambda functions": event source mapping metrics, group EventCount (modules/kafka-source.ts).
  const source = { namespace: "AWS/Lambda", dimensions: { EventSourceMappingUUID: streamMapping } } as const;
  return [
    ...diskWatches(environment),
    {
      ...stream,
      id: "stream-errors",
      metric: "Errors",
      statistic: "Sum",
      threshold: 0,
      description:
        "The stream function failed. Records are tried again; what keeps failing is kept whole in the quarantine bucket.",
    },
    {
      // A record that fails alone is no error of the function: it answers which, and Lambda gives them up in the end.
      ...source,
      id: "stream-given-up",
      metric: "OnFailureDestinationDeliveredEventCount",
      statistic: "Sum",
      threshold: 0,
      description: "Lambda gave up on records that kept failing; they are kept whole in the quarantine bucket.",
    },
    {
      // Not the function's DestinationDeliveryFailures, which the guide tells of Kinesis and DynamoDB alone.
      ...source,
      id: "stream-lost",
      metric: "DroppedEventCount",
      statistic: "Sum",
      threshold: 0,
      description:
        "Records that Lambda gave up on could not be kept in the quarantine bucket either. They are in Kafka until it drops them.",
    },
    {
      // Whoever polls tells so, with 0 where there is nothing to read; whoever does not, whatever the reason, tells nothing.
      ...source,
      id: "stream-stopped",
      metric: "PolledEventCount",
      statistic: "Sum",
      threshold: neverReached,
      periodSeconds: pollingSeconds,
      whenMissing: "alarm",
      description:
        "Lambda has not read the topic for a quarter of an hour; images wait in Kafka. The event source mapping's LastProcessingResult says why: the topic is not there before web app 1 has started once.",
    },
    {
      ...stream,
      id: "stream-slow",
      metric: "Duration",
      statistic: "Maximum",
      // Four fifths of the time limit: early enough to act before calls are cut off.
      threshold: environment.processing.timeoutSeconds * 800,
      description:
        "The stream function comes near its time limit. Raise memoryMegabytes or timeoutSeconds, or lower batchSize.",
    },
    {
      ...stream,
      id: "stream-throttled",
      metric: "Throttles",
      statistic: "Sum",
      threshold: 0,
      description: "More stream functions were wanted than streamConcurrency allows; images wait in Kafka meanwhile.",
    },
  ];
}

/** A broker whose disk is full takes nothing more, and none of its disks grows by itself (MSK Developer Guide, "Monitor disk space"). */
function diskWatches(environment: Environment): Watch[] {
  const { streaming } = environment;
  if (streaming.mode !== "provisioned" || streaming.storageGib === undefined) return [];
  return Array.from({ length: streaming.brokerCount }, (_, index) => ({
    id: `kafka-disk-${index + 1}`,
    namespace: "AWS/Kafka",
    metric: "KafkaDataLogsDiskUsed",
    dimensions: { "Cluster Name": kafkaClusterName(environment), "Broker ID": String(index + 1) },
    statistic: "Maximum",
    threshold: fullPercent,
    description: `The disk of Kafka's broker ${index + 1} is filled to more than ${fullPercent} %. Raise streaming.storageGib; full, it takes no more images.`,
  }));
}
