import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Admin, ConfigResourceTypes, type KafkaMessage } from "kafkajs";
import { decodeMessage } from "../../../functions/common/message";
import type { CorpusItem } from "../../../local/demo/corpus/item";
import { kafkaClient } from "../../../local/demo/kafka-client";
import { imagesOf, type RunImage } from "../../../local/demo/run-record";
import { sendStream } from "../../../local/demo/send-stream";
import { sendUploads } from "../../../local/demo/send-uploads";
import { ensureTopic } from "../../../local/demo/topic";
import { type KafkaBroker, startKafka } from "../../../local/processes/kafka";
import { MemoryStore as ClaimStore } from "../../functions/memory-store";
import { MemoryStore } from "./memory-store";

const folder = mkdtempSync(join(tmpdir(), "darkroom-send-"));
const sentAt = new Date("2026-03-01T10:00:00Z");
const hostileName = "../étage <b> %2e.jpg";
let kafka: KafkaBroker;
let admin: Admin;

beforeAll(async () => {
  kafka = await startKafka({ dataFolder: join(folder, "kafka"), log: () => {} });
  admin = kafkaClient(kafka.brokers).admin();
  await admin.connect();
}, 120_000);
afterAll(async () => {
  await admin?.disconnect();
  await kafka?.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

function image(id: string, sizeBytes: number, source: "stream" | "upload" = "stream"): RunImage {
  const bytes = Buffer.alloc(sizeBytes, id);
  const path = join(folder, id);
  writeFileSync(path, bytes);
  const hashOf = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  const hashes = { sha256: hashOf("sha256"), md5: hashOf("md5") };
  const item: CorpusItem = {
    id,
    source,
    name: hostileName,
    kind: "x",
    expectation: "processed",
    sizeBytes,
    path,
    ...hashes,
  };
  return imagesOf("r1", [item], "uploads")[0] as RunImage;
}

async function recordsOf(topic: string, count: number): Promise<KafkaMessage[]> {
  const consumer = kafkaClient(kafka.brokers).consumer({ groupId: `${topic}-test` });
  const found: KafkaMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: async ({ message }) => {
          if (found.push(message) === count) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return found;
}

/** As Lambda hands a record over. */
const decode = ({ value, headers }: KafkaMessage) =>
  decodeMessage({
    value: value?.toString("base64") ?? "",
    headers: Object.entries(headers ?? {}).map(([name, text]) => ({ [name]: [...Buffer.from(String(text))] })),
  });

it("sends what fits as it is and the rest as a claim on an object, all with id, name, time and hash", async () => {
  const store = new ClaimStore();
  const images = [image("stream-empty", 0), image("stream-fits", 1000), image("stream-large", 1001)];
  const sent: number[] = [];
  const target = { brokers: kafka.brokers, topic: "sent", partitions: 3, inlineMaxBytes: 1000 };
  await sendStream({
    ...target,
    claims: { store, bucket: "uploads" },
    images,
    sentAt,
    onProgress: (count) => sent.push(count),
  });

  const messages = new Map((await recordsOf("sent", 3)).map((record) => [String(record.key), decode(record)]));
  for (const { imageId, item } of images) {
    expect(messages.get(imageId)).toMatchObject({ id: imageId, name: hostileName, sentAt, sha256: item.sha256 });
  }
  expect(messages.get("r1-stream-fits")).toMatchObject({ kind: "inline", bytes: Buffer.alloc(1000, "stream-fits") });
  const sha256 = images[2]?.item.sha256;
  const key = `claims/dt=2026-03-01/r1-stream-large-${sha256?.slice(0, 16)}`;
  const claim = { bucket: "uploads", key, sizeBytes: 1001, sha256 };
  expect(messages.get("r1-stream-large")).toMatchObject({ kind: "claim", claim });
  expect([...store.objects]).toEqual([[`uploads/${key}`, Buffer.alloc(1001, "stream-large")]]);
  expect(sent).toEqual([1, 2, 3]);
}, 60_000);

it("gives the topic its partitions and its largest message, and raises them later", async () => {
  const state = async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: ["kept"] });
    const resources = [{ type: ConfigResourceTypes.TOPIC, name: "kept", configNames: ["max.message.bytes"] }];
    const configs = await admin.describeConfigs({ includeSynonyms: false, resources });
    return [topics[0]?.partitions.length, configs.resources[0]?.configEntries[0]?.configValue];
  };
  const settings = { topic: "kept", partitions: 2, inlineMaxBytes: 1_000_000 };
  await ensureTopic(admin, settings);
  await ensureTopic(admin, settings);
  expect(await state()).toEqual([2, "1065536"]);
  await ensureTopic(admin, { ...settings, partitions: 4, inlineMaxBytes: 2_000_000 });
  expect(await state()).toEqual([4, "2065536"]);
}, 60_000);

it("uploads below pending/", async () => {
  const store = new MemoryStore();
  await sendUploads({ store, uploadsBucket: "uploads", images: [image("upload-1", 5, "upload")] });
  expect(await store.get("uploads", "pending/r1/upload-1-.._étage <b> %2e.jpg")).toEqual(Buffer.from("uploa"));
});

it("fails when S3 gives an upload another ETag than its identity was made of", async () => {
  const one = image("upload-1", 5, "upload");
  const store = { put: async () => '"other"' };
  await expect(sendUploads({ store, uploadsBucket: "uploads", images: [one] })).rejects.toThrow(
    `uploads/${one.key}: expected the ETag ${one.item.md5} (MD5 of the bytes), but got "other"`,
  );
});

it("stops sending when the run is ended", async () => {
  const images = [image("upload-1", 5, "upload")];
  const signal = AbortSignal.abort(new Error("ended"));
  const store = new MemoryStore();
  await expect(sendUploads({ store, uploadsBucket: "uploads", images, signal })).rejects.toThrow("ended");
  expect(store.objects.size).toBe(0);
});
