import { MskCluster } from "@cdktf/provider-aws/lib/msk-cluster";
import { MskConfiguration } from "@cdktf/provider-aws/lib/msk-configuration";
import { Construct } from "constructs";

export interface KafkaClusterProps {
  readonly clusterName: string;
  /** MSK version, for example `3.9.x.kraft`. */
  readonly kafkaVersion: string;
  readonly brokerType: string;
  /** A multiple of the number of subnets. */
  readonly brokerCount: number;
  /** Disk of one broker, 1 to 16384 GiB. Left out for express brokers, which have no disk to size and no broker log. */
  readonly storageGib: number | undefined;
  /** One a zone. */
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly kmsKeyArn: string;
  readonly logGroupName: string;
  /** Largest record a broker takes, in bytes. */
  readonly maxRecordBytes: number;
}

/**
 * An Amazon MSK cluster that only IAM identities reach, over TLS, and that an apply can't destroy. Records are kept on two brokers
 * before they count as written, wherever there are three; topics are made on purpose only.
 */
export class KafkaCluster extends Construct {
  readonly cluster: MskCluster;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: KafkaClusterProps) {
    super(scope, id);
    const copies = Math.min(3, props.brokerCount);
    const { storageGib } = props;
    // Express brokers fix the rest themselves (MSK Developer Guide, "Express brokers read-only configurations").
    const durability = [
      `default.replication.factor=${copies}`,
      `min.insync.replicas=${copies - 1}`,
      "unclean.leader.election.enable=false",
      // Kafka's own default is 3, and with fewer brokers no consumer group could ever keep an offset (MSK Developer Guide, "Custom
      // Amazon MSK configurations").
      `offsets.topic.replication.factor=${copies}`,
      `replica.fetch.max.bytes=${props.maxRecordBytes}`,
    ];
    const configuration = new MskConfiguration(this, "configuration", {
      name: props.clusterName,
      serverProperties: [
        "auto.create.topics.enable=false",
        `message.max.bytes=${props.maxRecordBytes}`,
        ...(storageGib ? durability : []),
      ].join("\n"),
    });
    this.cluster = new MskCluster(this, "Default", {
      clusterName: props.clusterName,
      kafkaVersion: props.kafkaVersion,
      numberOfBrokerNodes: props.brokerCount,
      brokerNodeGroupInfo: {
        instanceType: props.brokerType,
        clientSubnets: props.subnetIds,
        securityGroups: [props.securityGroupId],
        ...(storageGib && { storageInfo: { ebsStorageInfo: { volumeSize: storageGib } } }),
      },
      clientAuthentication: { sasl: { iam: true }, unauthenticated: false },
      // The revision makes Terraform roll out a change of the properties; the ARN alone would not.
      configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: props.kmsKeyArn,
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      // One level above what is free, as there is one topic only (MSK Developer Guide, "Monitor an Amazon MSK Provisioned cluster").
      enhancedMonitoring: "PER_BROKER",
      ...(storageGib && {
        loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: props.logGroupName } } },
      }),
      lifecycle: { preventDestroy: true },
    });
    this.arn = this.cluster.arn;
  }
}
