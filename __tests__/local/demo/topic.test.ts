import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Admin, ConfigResourceTypes } from "kafkajs";
import { kafkaClient } from "../../../local/demo/kafka-client";
import { ensureTopic } from "../../../local/demo/topic";
import { type KafkaBroker, startKafka } from "../../../local/processes/kafka";
import { until } from "../../fixtures/until";

const folder = mkdtempSync(join(tmpdir(), "darkroom-topic-"));
let kafka: KafkaBroker;
let admin: Admin;

beforeAll(async () => {
  kafka = await startKafka({ dataFolder: join(folder, "kafka"), log: () => {} });
  admin = kafkaClient(kafka.brokers).admin();
  await admin.connect();
});
afterAll(async () => {
  await admin?.disconnect();
  await kafka?.stop();
  rmSync(folder, { recursive: true });
});

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
  // A broker answers with what it has taken over so far.
  await until("the topic is raised", async () => JSON.stringify(await state()) === '[4,"2065536"]');
});
