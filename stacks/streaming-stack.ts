import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { KafkaCluster } from "../modules/kafka-cluster";
import { KafkaNetwork } from "../modules/kafka-network";
import { KafkaServerless } from "../modules/kafka-serverless";
import { LogGroup } from "../modules/log-group";
import { kafkaClusterName } from "../modules/names";
import { BaseStack } from "./base-stack";
import type { DataStack } from "./data-stack";
import type { NetworkStack } from "./network-stack";

/** Room in a record beside the image: headers, key and Kafka's own framing. */
const recordOverheadBytes = 65_536;

/** The stream of images: Amazon MSK, with brokers of a given size or serverless. */
export class StreamingStack extends BaseStack {
  readonly clusterArn: string;
  /** Members of this group reach the brokers. */
  readonly clientsGroupId: string;

  constructor(scope: Construct, environment: Environment, data: DataStack, network: NetworkStack) {
    super(scope, environment, "streaming");
    const { streaming, retention } = environment;
    const clusterName = kafkaClusterName(environment);
    const { brokers, clients } = new KafkaNetwork(this, "network", {
      name: this.named("kafka"),
      vpcId: network.vpcId,
      s3PrefixListId: network.endpoints.s3PrefixListId,
    });
    this.clientsGroupId = clients.id;
    const placement = { clusterName, subnetIds: network.subnets.isolatedIds, securityGroupId: brokers.id };
    if (streaming.mode === "serverless") {
      this.clusterArn = new KafkaServerless(this, "kafka", placement).arn;
      return;
    }
    const { group } = new LogGroup(this, "log", {
      logGroupName: `/darkroom/${environment.name}/kafka`,
      retentionDays: retention.logDays,
      kmsKeyArn: data.key.arn,
    });
    this.clusterArn = new KafkaCluster(this, "kafka", {
      ...placement,
      kafkaVersion: streaming.kafkaVersion,
      brokerType: streaming.brokerType,
      brokerCount: streaming.brokerCount,
      storageGib: streaming.storageGib,
      kmsKeyArn: data.key.arn,
      logGroupName: group.name,
      maxRecordBytes: streaming.inlineMaxBytes + recordOverheadBytes,
    }).arn;
  }
}
