import { Kafka, KafkaJSProtocolError } from "kafkajs";
import { createTopic } from "./create-topic";
import { kafkaConfig } from "./kafka-config";
import { largestMessageBytes } from "./largest-message";
import type { ProducerProps } from "./props";

export interface MakeTopicProps
  extends Pick<ProducerProps, "brokers" | "topic" | "auth" | "region" | "credentials" | "inlineMaxBytes" | "retries"> {
  /** Of a new topic. */
  readonly partitions: number;
}

/**
 * Creates the topic when it is not there, with as many copies as the cluster's own default, and resolves when every
 * partition has a leader. A topic that is there is left as it is.
 * @returns whether it was created.
 * @throws when the cluster cannot be reached, or refuses.
 */
export async function makeTopic({ topic, partitions, ...props }: MakeTopicProps): Promise<boolean> {
  const admin = new Kafka(kafkaConfig(props)).admin();
  await admin.connect();
  try {
    if (await admin.fetchTopicMetadata({ topics: [topic] }).then(...isThere)) return false;
    const largest = { name: "max.message.bytes", value: String(largestMessageBytes(props.inlineMaxBytes)) };
    await createTopic(admin, { topic, numPartitions: partitions, replicationFactor: -1, configEntries: [largest] });
    return true;
  } finally {
    await admin.disconnect();
  }
}

const isThere = [
  () => true,
  (error: unknown) => {
    if (error instanceof KafkaJSProtocolError && error.type === "UNKNOWN_TOPIC_OR_PARTITION") return false;
    throw error;
  },
] as const;
