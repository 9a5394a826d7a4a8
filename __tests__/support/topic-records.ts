import type { KafkaMessage } from "kafkajs";
import { decodeMessage } from "../../functions/common/message";
import { kafkaClient } from "../../local/demo/kafka-client";

/** Every record of a topic, as Lambda hands it over. */
export async function recordsOf(
  brokers: readonly string[],
  topic: string,
): Promise<ReturnType<typeof decodeMessage>[]> {
  const kafka = kafkaClient(brokers);
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const count = offsets.reduce((sum, { high }) => sum + Number(high), 0);
  const found: KafkaMessage[] = [];
  if (count === 0) return [];
  const consumer = kafka.consumer({ groupId: `${topic}-test-${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: { readonly message: KafkaMessage }): Promise<void> => {
      if (found.push(message) === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return found.map(({ value, headers }) =>
    decodeMessage({
      value: value?.toString("base64") ?? "",
      headers: Object.entries(headers ?? {}).map(([name, text]) => ({ [name]: [...Buffer.from(String(text))] })),
    }),
  );
}
