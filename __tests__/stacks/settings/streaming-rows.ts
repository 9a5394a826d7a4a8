import { beanstalk, cluster, count, mapping, one } from "./looks";
import type { Row } from "./row";

/** Rows of the settings streaming. */
export const streamingRows: Row[] = [
  {
    setting: "streaming.mode",
    path: "streaming",
    value: undefined,
    environment: "staging",
    layer: "streaming",
    look: count("aws_msk_serverless_cluster", /./),
    expected: 1,
  },
  {
    setting: "streaming.kafkaVersion",
    value: "4.0.x.kraft",
    layer: "streaming",
    look: cluster(({ kafka_version }) => kafka_version),
    expected: "4.0.x.kraft",
  },
  {
    setting: "streaming.brokerType",
    value: "kafka.m7g.4xlarge",
    layer: "streaming",
    look: cluster(({ broker_node_group_info }) => broker_node_group_info.instance_type),
    expected: "kafka.m7g.4xlarge",
  },
  {
    setting: "streaming.brokerCount",
    value: 6,
    layer: "streaming",
    look: cluster(({ number_of_broker_nodes }) => number_of_broker_nodes),
    expected: 6,
  },
  {
    setting: "streaming.storageGib",
    value: 2000,
    layer: "streaming",
    look: cluster(({ broker_node_group_info }) => broker_node_group_info.storage_info.ebs_storage_info.volume_size),
    expected: 2000,
  },
  {
    setting: "streaming.topic",
    value: "pictures",
    layer: "compute",
    look: mapping(({ topics }) => topics),
    expected: ["pictures"],
  },
  {
    setting: "streaming.partitions",
    value: 48,
    layer: "compute",
    look: beanstalk("web-stream", "aws:elasticbeanstalk:application:environment", "KAFKA_PARTITIONS"),
    expected: "48",
  },
  {
    setting: "streaming.inlineMaxBytes",
    value: 100_000,
    layer: "compute",
    look: beanstalk("web-stream", "aws:elasticbeanstalk:application:environment", "INLINE_MAX_BYTES"),
    expected: "100000",
  },
  {
    setting: "streaming.inlineMaxBytes",
    value: 1_000_000,
    layer: "streaming",
    look: one("aws_msk_configuration", "configuration", ({ server_properties }) =>
      server_properties.includes("message.max.bytes=1065536"),
    ),
    expected: true,
  },
  {
    setting: "streaming.consumer.batchSize",
    value: 7,
    layer: "compute",
    look: mapping(({ batch_size }) => batch_size),
    expected: 7,
  },
  {
    setting: "streaming.consumer.windowSeconds",
    value: 9,
    layer: "compute",
    look: mapping(({ maximum_batching_window_in_seconds }) => maximum_batching_window_in_seconds),
    expected: 9,
  },
  {
    setting: "streaming.consumer.retryAttempts",
    value: 3,
    layer: "compute",
    look: mapping(({ maximum_retry_attempts }) => maximum_retry_attempts),
    expected: 3,
  },
  {
    setting: "streaming.consumer.maxRecordAgeSeconds",
    value: 600,
    layer: "compute",
    look: mapping(({ maximum_record_age_in_seconds }) => maximum_record_age_in_seconds),
    expected: 600,
  },
  {
    setting: "streaming.consumer.maxPollers",
    value: 5,
    layer: "compute",
    look: mapping(({ provisioned_poller_config }) => provisioned_poller_config.maximum_pollers),
    expected: 5,
  },
];
