import { setTimeout as sleep } from "node:timers/promises";
import { type Admin, type ITopicConfig, KafkaJSProtocolError } from "kafkajs";

/** What brokers answer about a topic that they have not heard of yet, whose leaders are not chosen yet or do not know it yet. */
const passing = ["UNKNOWN_TOPIC_OR_PARTITION", "LEADER_NOT_AVAILABLE", "NOT_LEADER_FOR_PARTITION"];

/**
 * Creates a topic, and resolves when every partition has a leader that answers as one. (kafkajs' own wait, `waitForLeaders`, fails where the
 * broker has not heard of the new topic yet.)
 * @throws Error when the broker refuses, or when there are no leaders after 30 s.
 */
export async function createTopic(admin: Admin, config: ITopicConfig): Promise<void> {
  await admin.createTopics({ waitForLeaders: false, topics: [config] });
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [config.topic] });
      const leaders = topics.flatMap(({ partitions }) => partitions).map(({ leader }) => leader);
      // A broker may be named as leader before it knows: it is asked something that only leaders answer.
      if (leaders.length > 0 && leaders.every((leader) => leader >= 0)) {
        await admin.fetchTopicOffsets(config.topic);
        return;
      }
      if (Date.now() > deadline) throw new Error(`Topic ${config.topic} has no leaders after 30 s.`);
    } catch (error) {
      const wait = error instanceof KafkaJSProtocolError && passing.includes(error.type);
      if (!wait || Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}
