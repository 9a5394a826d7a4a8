import { type Admin, ConfigResourceTypes } from "kafkajs";
import { createTopic } from "../../functions/producer/create-topic";
import { largestMessageBytes } from "../../functions/producer/largest-message";

/** The topic as the environment file wants it. */
export interface TopicProps {
  readonly topic: string;
  readonly partitions: number;
  /** Largest image that travels in a record, in bytes. */
  readonly inlineMaxBytes: number;
}

/** Creates the topic, or brings it to the settings; doing it again changes nothing. */
export async function ensureTopic(admin: Admin, { topic, partitions, inlineMaxBytes }: TopicProps): Promise<void> {
  const entry = { name: "max.message.bytes", value: String(largestMessageBytes(inlineMaxBytes)) };
  if (!(await admin.listTopics()).includes(topic)) {
    return createTopic(admin, { topic, numPartitions: partitions, replicationFactor: 1, configEntries: [entry] });
  }
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const existing = topics[0]?.partitions.length ?? 0;
  if (existing < partitions) await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] });
  const resource = { type: ConfigResourceTypes.TOPIC, name: topic };
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ ...resource, configNames: [entry.name] }],
  });
  if (resources[0]?.configEntries.find(({ configName }) => configName === entry.name)?.configValue === entry.value)
    return;
  await admin.alterConfigs({ validateOnly: false, resources: [{ ...resource, configEntries: [entry] }] });
}
