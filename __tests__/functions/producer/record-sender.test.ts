import type { Kafka, Message, ProducerConfig, ProducerRecord } from "kafkajs";
import { recordSender } from "../../../functions/producer/record-sender";

/** A Kafka of which the requests with these numbers fail. */
function fakeKafka(failing: readonly number[]) {
  const made: ProducerConfig[] = [];
  const sent: { readonly producer: number; readonly record: ProducerRecord }[] = [];
  const ended: number[] = [];
  const producer = (config: ProducerConfig) => {
    const number = made.push(config);
    return {
      connect: async () => undefined,
      disconnect: async () => void ended.push(number),
      send: async (record: ProducerRecord) => {
        if (failing.includes(sent.push({ producer: number, record }))) throw new Error("gave up");
      },
    };
  };
  return { kafka: { producer } as unknown as Kafka, made, sent, ended };
}

const retry = { retries: 3 };
const messages: Message[] = [{ key: "a", value: "x" }];

it("is idempotent, has one request on its way at once, and waits for all in-sync replicas", async () => {
  const { kafka, made, sent } = fakeKafka([]);
  const sender = recordSender(kafka, "images", retry);
  await sender.connect();
  await sender.send(messages);
  await sender.send(messages);
  expect(made).toEqual([
    expect.objectContaining({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, retry }),
  ]);
  expect(sent.map(({ record }) => record)).toEqual(
    [1, 2].map(() => ({ topic: "images", acks: -1, timeout: 10_000, messages })),
  );
});

it("takes a new producer after a failure, whose records the broker cannot take for those that failed", async () => {
  const { kafka, sent, ended } = fakeKafka([2]);
  const sender = recordSender(kafka, "images", retry);
  await sender.send(messages);
  await expect(sender.send(messages)).rejects.toThrow("gave up");
  await sender.send(messages);
  await sender.send(messages);
  expect(sent.map(({ producer }) => producer)).toEqual([1, 1, 2, 2]);
  expect(ended).toEqual([1]);
  await sender.disconnect();
  expect(ended).toEqual([1, 2]);
});
