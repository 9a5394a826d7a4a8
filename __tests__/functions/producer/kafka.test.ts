import { sha256Of } from "../../../functions/common/message";
import { createProducer, type ImageProducer, type ProducerProps } from "../../../functions/producer";
import { kafkaClient } from "../../../local/demo/kafka-client";
import { ensureTopic } from "../../../local/demo/topic";
import { type KafkaBroker, startKafka } from "../../../local/processes/kafka";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { crashKafka } from "../../support/crash-kafka";
import { recordsOf as recordsOfTopic } from "../../support/topic-records";
import { MemoryStore } from "../memory-store";

const folder = temporaryFolders();
const sentAt = new Date("2026-01-31T23:59:59.500Z");
const inlineMaxBytes = 10_000;

let dataFolder: string;
let kafka: KafkaBroker;
let store: MemoryStore;
let producer: ImageProducer;

const settings = (topic: string): ProducerProps => ({
  brokers: kafka.brokers,
  topic,
  auth: "none",
  inlineMaxBytes,
  claims: { store, bucket: "uploads" },
});

/** A producer for a topic of its own, with three partitions. */
async function produceTo(topic: string, change: Partial<ProducerProps> = {}): Promise<ImageProducer> {
  const admin = kafkaClient(kafka.brokers).admin();
  await admin.connect();
  await ensureTopic(admin, { topic, partitions: 3, inlineMaxBytes });
  await admin.disconnect();
  producer = createProducer({ ...settings(topic), ...change });
  await producer.connect();
  return producer;
}

const recordsOf = (topic: string) => recordsOfTopic(kafka.brokers, topic);

beforeAll(async () => {
  dataFolder = folder();
  kafka = await startKafka({ dataFolder, log: () => undefined });
});

beforeEach(() => {
  store = new MemoryStore();
});

afterEach(() => producer?.disconnect());

afterAll(() => kafka?.stop());

const bytesOf = (size: number, text = "x"): Buffer => Buffer.alloc(size, text);

it("sends an image of the ceiling in its record, and one byte more as an object that the record names", async () => {
  await produceTo("ceiling");
  const fits = { id: "fits", name: "写真.jpg", bytes: bytesOf(inlineMaxBytes), sentAt };
  const large = { id: "large", name: "large.jpg", bytes: bytesOf(inlineMaxBytes + 1), sentAt };
  const sha256 = sha256Of(large.bytes);
  const key = `claims/dt=2026-01-31/large-${sha256.slice(0, 16)}`;
  expect(await producer.send(fits)).toEqual({ id: "fits", kind: "inline" });
  expect(await producer.send(large)).toEqual({ id: "large", kind: "claim", claimKey: key });
  const records = new Map((await recordsOf("ceiling")).map((record) => [record.id, record]));
  expect(records.get("fits")).toEqual({ ...fits, kind: "inline", sha256: sha256Of(fits.bytes) });
  expect(records.get("large")).toEqual({
    kind: "claim",
    id: "large",
    name: "large.jpg",
    sentAt,
    sha256,
    claim: { bucket: "uploads", key, sizeBytes: inlineMaxBytes + 1, sha256 },
  });
  expect([...store.objects]).toEqual([[`uploads/${key}`, large.bytes]]);
});

it("puts the object first: while S3 fails there is no record, and sent again there is one object", async () => {
  await produceTo("claims");
  const image = { id: "large", name: "a.jpg", bytes: bytesOf(inlineMaxBytes + 1), sentAt };
  store.failOn = (call) => call.startsWith("put");
  await expect(producer.send(image)).rejects.toMatchObject({
    name: "ImageNotSent",
    imageId: "large",
    message:
      "Image large was not confirmed by the bucket uploads (Error: SlowDown). Send it again with the same id and sentAt.",
  });
  expect(await recordsOf("claims")).toEqual([]);
  store.failOn = () => false;
  await producer.send(image);
  await producer.send(image);
  expect((await recordsOf("claims")).map(({ kind }) => kind)).toEqual(["claim", "claim"]);
  expect(store.objects.size).toBe(1);
});

it("sends many images at once, each once, those of one id to one partition in their order", async () => {
  await produceTo("many");
  const images = Array.from({ length: 300 }, (_, index) => ({
    id: `i${index % 100}`,
    name: `${index}`,
    bytes: bytesOf(9000, `${index} `),
    sentAt,
  }));
  await Promise.all(images.map((image) => producer.send(image)));
  const records = await recordsOf("many");
  const names = (id: string) => records.filter((record) => record.id === id).map(({ name }) => Number(name));
  expect(records).toHaveLength(300);
  for (let id = 0; id < 100; id++) expect(names(`i${id}`)).toEqual([id, id + 100, id + 200]);
});

it("waits for what is being sent before it ends", async () => {
  await produceTo("ending");
  const sending = producer.send({ id: "a", name: "a", bytes: bytesOf(10), sentAt });
  await producer.disconnect();
  await sending;
  expect(await recordsOf("ending")).toHaveLength(1);
});

it("says so when the topic is not there, and what to do", async () => {
  await produceTo("there", { topic: "nowhere", retries: 1 });
  await expect(producer.send({ id: "a", name: "a", bytes: bytesOf(10), sentAt })).rejects.toThrow(
    /^Image a was not confirmed by the topic nowhere \(KafkaJS.*: This server does not host this topic-partition\)\. Send it again/,
  );
});

it("says so when no broker answers", async () => {
  producer = createProducer({ ...settings("x"), brokers: ["127.0.0.1:9"], retries: 1 });
  await expect(producer.connect()).rejects.toThrow("connect ECONNREFUSED 127.0.0.1:9");
});

it("goes on when the broker is killed and comes back: every image is confirmed, and in the topic once", async () => {
  await produceTo("restart");
  const sent: Promise<unknown>[] = [];
  const send = (from: number): void => {
    for (let index = from; index < from + 100; index++) {
      sent.push(producer.send({ id: `i${index}`, name: "a", bytes: bytesOf(5000), sentAt }));
    }
  };
  send(0);
  await sent[10];
  const back = crashKafka(kafka, { dataFolder, log: () => undefined });
  send(100);
  kafka = await back;
  send(200);
  await Promise.all(sent);
  const ids = (await recordsOf("restart")).map(({ id }) => id);
  expect(ids).toHaveLength(300);
  expect(new Set(ids).size).toBe(300);
});
