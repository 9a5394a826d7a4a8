import { GetBootstrapBrokersCommand, KafkaClient } from "@aws-sdk/client-kafka";
import type { StreamSettings } from "./settings";

type Settings = Pick<StreamSettings, "KAFKA_BROKERS" | "KAFKA_CLUSTER_ARN" | "KAFKA_AUTH" | "AWS_REGION">;

/** Finds brokers of the cluster, for IAM or in plain text. @throws when AWS does not answer or the cluster offers no such way in */
export async function findBrokers(settings: Settings): Promise<readonly string[]> {
  const { KAFKA_BROKERS, KAFKA_CLUSTER_ARN, KAFKA_AUTH, AWS_REGION } = settings;
  if (KAFKA_BROKERS !== undefined) return KAFKA_BROKERS.split(",");
  const client = new KafkaClient({ region: AWS_REGION });
  try {
    const answer = await client.send(new GetBootstrapBrokersCommand({ ClusterArn: KAFKA_CLUSTER_ARN }));
    // The local account's brokers take no credentials, whatever the cluster is said to want.
    const { BootstrapBrokerStringSaslIam: iam, BootstrapBrokerString: plain } = answer;
    const found = KAFKA_AUTH === "iam" ? iam : (plain ?? iam);
    if (!found) throw new Error(`The cluster ${KAFKA_CLUSTER_ARN} has no brokers for KAFKA_AUTH ${KAFKA_AUTH}.`);
    return found.split(",");
  } finally {
    client.destroy();
  }
}
