import { Fn } from "cdktf";
import type { PolicyStatement } from "./policy";

/** A topic of a cluster and what a principal may do there. */
export interface KafkaTopic {
  /** ARN of the MSK cluster. */
  readonly clusterArn: string;
  readonly topic: string;
}

/** MSK names topics and groups by the cluster's ARN with another word in place of `cluster` (MSK Developer Guide, "Resources"). */
const within = (clusterArn: string, kind: "topic" | "group", name: string) =>
  `${Fn.replace(clusterArn, ":cluster/", `:${kind}/`)}/${name}`;

/**
 * Ask for the brokers' addresses, of whatever cluster: IAM knows no resource of this action (Service Authorization Reference, Amazon MSK), so
 * that a policy for one cluster might grant nothing, though the MSK Developer Guide has one. An address alone opens nothing.
 */
export const findBrokers: PolicyStatement = {
  sid: "FindBrokers",
  actions: ["kafka:GetBootstrapBrokers"],
  resources: ["*"],
};

const connect = (clusterArn: string): PolicyStatement => ({
  sid: "ConnectToKafka",
  actions: ["kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration"],
  resources: [clusterArn],
});

/** Read one topic as one consumer group (MSK Developer Guide, "Common use cases for client authorization policy"). */
export function readTopic({ clusterArn, topic }: KafkaTopic, consumerGroup: string): PolicyStatement[] {
  return [
    connect(clusterArn),
    {
      sid: "ReadTopic",
      actions: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
      resources: [within(clusterArn, "topic", topic)],
    },
    {
      sid: "KeepOffsets",
      actions: ["kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"],
      resources: [within(clusterArn, "group", consumerGroup)],
    },
  ];
}

/** Create one topic and write to it, idempotently. */
export function writeTopic({ clusterArn, topic }: KafkaTopic): PolicyStatement[] {
  return [
    { ...connect(clusterArn), actions: ["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"] },
    {
      sid: "WriteTopic",
      actions: ["kafka-cluster:CreateTopic", "kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
      resources: [within(clusterArn, "topic", topic)],
    },
  ];
}
