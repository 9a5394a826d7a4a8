import { KafkaCluster, type KafkaClusterProps } from "../../modules/kafka-cluster";
import { synthConstruct } from "../support/construct";
import { resource } from "../support/synth";

const cluster = (props: Partial<KafkaClusterProps> = {}) =>
  synthConstruct((scope) => {
    new KafkaCluster(scope, "kafka", {
      clusterName: "images",
      kafkaVersion: "3.9.x.kraft",
      brokerType: "kafka.m7g.large",
      brokerCount: 3,
      storageGib: 100,
      subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
      securityGroupId: "sg-1",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/1",
      logGroupName: "kafka",
      maxRecordBytes: 327_680,
      ...props,
    });
  });
const properties = (props: Partial<KafkaClusterProps>) =>
  (resource(cluster(props), "aws_msk_configuration").server_properties as string).split("\n");

describe("KafkaCluster", () => {
  it("lets in IAM identities only, over TLS only, and encrypts its disks with the given key", () => {
    expect(resource(cluster(), "aws_msk_cluster")).toMatchObject({
      client_authentication: { sasl: { iam: true }, unauthenticated: false },
      encryption_info: {
        encryption_at_rest_kms_key_arn: "arn:aws:kms:eu-central-1:111111111111:key/1",
        encryption_in_transit: { client_broker: "TLS", in_cluster: true },
      },
    });
  });

  it("keeps each record on three brokers and counts it as written on two", () => {
    expect(properties({})).toEqual([
      "auto.create.topics.enable=false",
      "message.max.bytes=327680",
      "default.replication.factor=3",
      "min.insync.replicas=2",
      "unclean.leader.election.enable=false",
      "offsets.topic.replication.factor=3",
      "replica.fetch.max.bytes=327680",
    ]);
  });

  it("keeps each record on both of two brokers, and goes on when one is away", () => {
    expect(properties({ brokerCount: 2 })).toEqual(
      expect.arrayContaining(["default.replication.factor=2", "min.insync.replicas=1"]),
    );
  });

  it("keeps what consumer groups have read on no more brokers than there are", () => {
    expect(properties({ brokerCount: 2 })).toContain("offsets.topic.replication.factor=2");
    expect(properties({ brokerCount: 6 })).toContain("offsets.topic.replication.factor=3");
  });

  it("pays for no metrics by topic, of which there is one", () => {
    expect(resource(cluster(), "aws_msk_cluster").enhanced_monitoring).toBe("PER_BROKER");
  });

  it("rolls out changed properties by their revision", () => {
    expect(resource(cluster(), "aws_msk_cluster").configuration_info).toEqual({
      arn: expect.stringMatching(/^\$\{aws_msk_configuration\.\w+\.arn\}$/),
      revision: expect.stringMatching(/^\$\{aws_msk_configuration\.\w+\.latest_revision\}$/),
    });
  });

  it("sizes no disk and sets no durability for express brokers, which fix both themselves", () => {
    const express = cluster({ brokerType: "express.m7g.large", storageGib: undefined });
    const { broker_node_group_info, logging_info } = resource(express, "aws_msk_cluster") as Record<string, object>;
    expect(broker_node_group_info).not.toHaveProperty("storage_info");
    expect(logging_info).toBeUndefined();
    expect(properties({ storageGib: undefined })).toEqual([
      "auto.create.topics.enable=false",
      "message.max.bytes=327680",
    ]);
  });
});
