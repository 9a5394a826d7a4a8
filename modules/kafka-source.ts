import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import type { ImageFunction } from "./image-function";
import { findBrokers, type KafkaTopic, readTopic } from "./kafka-access";
import type { PolicyStatement } from "./policy";

export interface KafkaSourceProps extends KafkaTopic {
  readonly target: ImageFunction;
  readonly consumerGroup: string;
  readonly consumer: Environment["streaming"]["consumer"];
  /** Bucket that gets the whole record when Lambda gives up on it. */
  readonly onFailureBucketArn: string;
}

/**
 * Feeds a function with a topic's records: provisioned pollers with a low ceiling, since only they offer finite retries for Kafka, a failing batch
 * halved until the bad record is alone, and what still fails kept whole in S3 (Lambda Developer Guide, "Using Lambda with Amazon MSK").
 */
export class KafkaSource extends Construct {
  readonly mapping: LambdaEventSourceMapping;

  constructor(scope: Construct, id: string, props: KafkaSourceProps) {
    super(scope, id);
    const { consumer, target } = props;
    this.mapping = new LambdaEventSourceMapping(this, "Default", {
      functionName: target.lambda.functionName,
      eventSourceArn: props.clusterArn,
      topics: [props.topic],
      startingPosition: "TRIM_HORIZON",
      amazonManagedKafkaEventSourceConfig: { consumerGroupId: props.consumerGroup },
      batchSize: consumer.batchSize,
      maximumBatchingWindowInSeconds: consumer.windowSeconds,
      maximumRetryAttempts: consumer.retryAttempts,
      maximumRecordAgeInSeconds: consumer.maxRecordAgeSeconds,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ["ReportBatchItemFailures"],
      provisionedPollerConfig: { minimumPollers: 1, maximumPollers: consumer.maxPollers },
      // Counts the records it gave up on, which no metric of the function shows (Lambda Developer Guide, "Event source mapping metrics").
      metricsConfig: { metrics: ["EventCount"] },
      destinationConfig: { onFailure: { destinationArn: props.onFailureBucketArn } },
      dependsOn: target.role.rights,
    });
  }

  /** Rights the function's role needs for Lambda to poll on its behalf and to keep failed records. */
  static rights(topic: KafkaTopic, consumerGroup: string): PolicyStatement[] {
    return [
      { sid: "FindKafka", actions: ["kafka:DescribeClusterV2"], resources: [topic.clusterArn] },
      findBrokers,
      ...readTopic(topic, consumerGroup),
    ];
  }
}
