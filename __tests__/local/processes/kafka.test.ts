import { once } from "node:events";
import { createServer } from "node:net";
import { Kafka, logLevel } from "kafkajs";
import { createTopic } from "../../../functions/producer/create-topic";
import { connectionTimeout } from "../../../local/demo/kafka-client";
import { type KafkaBroker, startKafka } from "../../../local/processes/kafka";
import { temporaryFolders } from "../../fixtures/temporary-folder";

const temporaryFolder = temporaryFolders();

const running: KafkaBroker[] = [];
const start = async (dataFolder: string): Promise<KafkaBroker> => {
  const broker = await startKafka({ dataFolder, log: () => undefined });
  running.push(broker);
  return broker;
};
afterEach(() => {
  for (const broker of running.splice(0)) broker.kill();
});

const clientOf = ({ brokers }: KafkaBroker): Kafka =>
  new Kafka({ brokers, connectionTimeout, logLevel: logLevel.NOTHING, retry: { initialRetryTime: 100, retries: 10 } });

const topic = "images";

const createImages = async (broker: KafkaBroker): Promise<void> => {
  const admin = clientOf(broker).admin();
  await admin.connect();
  await createTopic(admin, { topic, numPartitions: 2 });
  await admin.disconnect();
};

const produce = async (broker: KafkaBroker, ...values: (string | Buffer)[]): Promise<void> => {
  const producer = clientOf(broker).producer({ idempotent: true });
  await producer.connect();
  try {
    await producer.send({ topic, messages: values.map((value) => ({ partition: 0, value })) });
  } finally {
    await producer.disconnect();
  }
};

/** Reads on in group `stream` until there are `count` records, and commits. */
const consume = async (broker: KafkaBroker, count: number): Promise<string[]> => {
  const consumer = clientOf(broker).consumer({ groupId: "stream" });
  const seen: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
      seen.push(String(message.value));
      if (seen.length === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return seen;
};

test("after a restart on the same folder the port, the records and the committed offsets are the same", async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await createImages(first);
  await produce(first, "one", "two");
  expect(await consume(first, 2)).toEqual(["one", "two"]);
  await first.stop();

  const second = await start(folder);
  expect(second.brokers).toEqual(first.brokers);
  await produce(second, "three");
  expect(await consume(second, 1)).toEqual(["three"]);
  second.kill();
  await second.ended;

  // Killed, and somebody else took its port in the meantime.
  const port = Number(first.brokers[0]?.split(":")[1]);
  const squatter = createServer().listen(port, "127.0.0.1");
  await once(squatter, "listening");
  try {
    const third = await start(folder);
    expect(third.brokers).not.toEqual(first.brokers);
    await produce(third, "four");
    expect(await consume(third, 1)).toEqual(["four"]);
  } finally {
    squatter.close();
  }
});

test("takes records up to 4 MiB, refuses larger ones, and makes no topic by itself", async () => {
  const broker = await start(temporaryFolder());
  expect(broker.brokers).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)]);
  const retry = { retries: 1, initialRetryTime: 100 };
  const plain = new Kafka({ brokers: broker.brokers, connectionTimeout, logLevel: logLevel.NOTHING, retry }).producer();
  const send = (value: string | Buffer) => plain.send({ topic, messages: [{ partition: 0, value }] });
  await plain.connect();
  await expect(send("too early")).rejects.toThrow("This server does not host this topic-partition");
  await createImages(broker);
  await send(Buffer.alloc(4 * 1024 * 1024 - 1024));
  await expect(send(Buffer.alloc(4 * 1024 * 1024 + 1))).rejects.toThrow(
    "The request included a message larger than the max message size the server will accept",
  );
  await plain.disconnect();
});
