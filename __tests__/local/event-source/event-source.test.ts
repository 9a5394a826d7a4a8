import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  LambdaClient,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import type { MSKEvent } from "aws-lambda";
import { type Kafka, type Message, Partitioners } from "kafkajs";
import { createTopic } from "../../../functions/producer/create-topic";
import { kafkaClient } from "../../../local/demo/kafka-client";
import { type EventSources, startEventSources } from "../../../local/event-source/event-source";
import { startKafka } from "../../../local/processes/kafka";
import { startMinistack } from "../../../local/processes/ministack";
import { isFree } from "../../../local/processes/ports";
import { deployFunction, startTestAccount, type TestAccount } from "../gateway/test-account";

// The function writes each event it gets to a file and does as the file "behaviour.js" says.
const code = (folder: string) => `
const fs = require("fs");
exports.handler = async (event) => {
  // In the order in which they came: clocks have no two events of a millisecond in their order.
  const before = fs.readdirSync(${JSON.stringify(folder)} + "/events").length;
  const name = ${JSON.stringify(folder)} + "/events/" + String(before).padStart(4, "0") + "-" + Math.random() + ".json";
  fs.writeFileSync(name + ".new", JSON.stringify(event)); fs.renameSync(name + ".new", name);
  const records = Object.values(event.records).flat();
  const value = (record) => Buffer.from(record.value, "base64").toString();
  return eval(fs.readFileSync(${JSON.stringify(folder)} + "/behaviour.js", "utf8"));
};`;

let account: TestAccount;
let lambda: LambdaClient;
let s3: S3Client;
let kafka: Kafka;
let sources: EventSources;
let folder: string;
let functionArn: string;
let topics = 0;
const logged: string[] = [];

const behaviour = (text: string) => writeFileSync(join(folder, "behaviour.js"), text);
const events = (): MSKEvent[] =>
  readdirSync(join(folder, "events"))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, "events", name), "utf8")) as MSKEvent);
const valuesOf = (event: MSKEvent): string[] =>
  Object.values(event.records).flatMap((records) =>
    records.map(({ value }) => Buffer.from(value, "base64").toString()),
  );

const sourceArn = "arn:aws:kafka:eu-central-1:123456789012:cluster/images/0a1b2c3d-2";

/** A new topic with a mapping on it. */
const newTopic = async (settings: Partial<CreateEventSourceMappingCommandInput>, partitions = 1) => {
  const topic = `images-${++topics}`;
  const admin = kafka.admin();
  await admin.connect();
  await createTopic(admin, { topic, numPartitions: partitions });
  await admin.disconnect();
  const mapping = await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: `${sourceArn}${topics}`,
      FunctionName: functionArn,
      Topics: [topic],
      StartingPosition: "TRIM_HORIZON",
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      MaximumRetryAttempts: 2,
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: `group-${topics}` },
      DestinationConfig: { OnFailure: { Destination: "arn:aws:s3:::on-failure" } },
      ...settings,
    }),
  );
  return { topic, id: mapping.UUID ?? "", arn: `${sourceArn}${topics}` };
};

const produce = async (topic: string, messages: readonly (Message | string)[]) => {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: messages.map((one) => (typeof one === "string" ? { value: one } : one)) });
  await producer.disconnect();
};

const failures = async (id: string) => {
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: "on-failure", Prefix: `aws/lambda/${id}/` }),
  );
  return Promise.all(
    Contents.map(async ({ Key = "" }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "on-failure", Key }));
      return { key: Key, record: JSON.parse((await Body?.transformToString()) ?? "") };
    }),
  );
};

/** Resolves when the sources have taken up the topic's mapping for the n-th time. */
const followed = async (topic: string, times: number) => {
  while (logged.filter((line) => line.includes(`: ${topic} →`)).length < times) await sleep(50);
};

const start = () =>
  startEventSources({
    ...account,
    kafkaBrokers: account.kafka?.brokers ?? [],
    backoff: { baseMilliseconds: 20, capMilliseconds: 200 },
    watchMilliseconds: 100,
    log: (message) => logged.push(message),
  });

beforeAll(async () => {
  account = await startTestAccount({ kafka: true });
  folder = account.folder;
  mkdirSync(join(folder, "events"));
  lambda = new LambdaClient(account.client);
  s3 = new S3Client({ ...account.client, forcePathStyle: true });
  kafka = kafkaClient(account.kafka?.brokers ?? []);
  await s3.send(new CreateBucketCommand({ Bucket: "on-failure" }));
  functionArn = await deployFunction(account, "stream", code(folder));
  sources = await start();
});

afterAll(async () => {
  await sources?.stop();
  lambda?.destroy();
  s3?.destroy();
  await account?.stop();
});

beforeEach(() => {
  rmSync(join(folder, "events"), { recursive: true });
  mkdirSync(join(folder, "events"));
  behaviour("null");
});

it("sends the function a true MSK event and commits what it has processed", async () => {
  const { topic, arn } = await newTopic({});
  await produce(topic, [
    { key: "a", value: Buffer.from([0, 255]), headers: { name: "é", kind: "inline" }, timestamp: "1767225600000" },
    { value: "b" },
  ]);
  await sources.idle();
  expect(events()).toEqual([
    {
      eventSource: "aws:kafka",
      eventSourceArn: arn,
      bootstrapServers: account.kafka?.brokers[0],
      records: {
        [`${topic}-0`]: [
          {
            topic,
            partition: 0,
            offset: 0,
            timestamp: 1767225600000,
            timestampType: "CREATE_TIME",
            key: "YQ==",
            value: "AP8=",
            headers: [{ name: [-61, -87] }, { kind: [105, 110, 108, 105, 110, 101] }],
          },
          expect.objectContaining({ offset: 1, value: "Yg==", headers: [] }),
        ],
      },
    },
  ]);
});

it("cuts batches at the batch size and at one invocation's payload", async () => {
  const { topic } = await newTopic({ BatchSize: 3 });
  const large = "x".repeat(2_000_000);
  await produce(topic, ["1", "2", "3", "4"]);
  await produce(topic, [large]);
  await produce(topic, [large]);
  await produce(topic, [large]);
  await sources.idle();
  const batches = events().map((event) =>
    valuesOf(event)
      .map((value) => value.slice(0, 1))
      .join(""),
  );
  expect(batches.join("")).toBe("1234xxx");
  expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(3);
  for (const event of events()) expect(JSON.stringify(event).length).toBeLessThan(6 * 1024 * 1024);
});

it("starts at the end of the topic with LATEST", async () => {
  const { topic, id } = await newTopic({ StartingPosition: "LATEST", Enabled: false });
  await produce(topic, ["old"]);
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: true }));
  await followed(topic, 1);
  await sources.idle();
  await produce(topic, ["new"]);
  await sources.idle();
  expect(events().flatMap(valuesOf)).toEqual(["new"]);
});

it("delivers again from the first record the function names, and gives it up after its retries", async () => {
  behaviour(`(() => {
    const bad = records.find((record) => value(record) === "bad");
    return { batchItemFailures: bad ? [{ itemIdentifier: { partition: bad.topic + "-" + bad.partition, offset: bad.offset } }] : [] };
  })()`);
  const { topic, id, arn } = await newTopic({ BisectBatchOnFunctionError: true });
  await produce(topic, ["1", "bad", "2"]);
  await sources.idle();
  // First the whole, then from the bad one on, then split: the bad one alone until its two retries are used, then the rest.
  expect(events().map(valuesOf)).toEqual([["1", "bad", "2"], ["bad", "2"], ["bad"], ["bad"], ["2"]]);
  const [failure, ...others] = await failures(id);
  expect(others).toEqual([]);
  expect(failure?.key).toMatch(
    new RegExp(
      `^aws/lambda/${id}/${topic}-0/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}$`,
    ),
  );
  expect(failure?.record).toMatchObject({
    requestContext: { functionArn, condition: "RetryAttemptsExhausted", approximateInvokeCount: 3 },
    version: "1.0",
    KafkaBatchInfo: {
      batchSize: 1,
      eventSourceArn: arn,
      bootstrapServers: account.kafka?.brokers[0],
      recordsInfo: { [`${topic}-0`]: { firstRecordOffset: "1", lastRecordOffset: "1" } },
    },
  });
  expect(valuesOf(JSON.parse(failure?.record.payload))).toEqual(["bad"]);
});

it("gives up a whole batch after its retries when it does not split", async () => {
  behaviour(`(() => { throw new Error("always"); })()`);
  const { topic, id } = await newTopic({ MaximumRetryAttempts: 1 });
  await produce(topic, ["1", "2"]);
  await sources.idle();
  expect(events().map(valuesOf)).toEqual([
    ["1", "2"],
    ["1", "2"],
  ]);
  const [failure] = await failures(id);
  expect(failure?.record).toMatchObject({
    requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 2 },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    KafkaBatchInfo: { batchSize: 2 },
  });
  expect(logged.filter((line) => line.startsWith(`event source ${topic}: Unhandled: `))).toHaveLength(2);
});

it("invokes the function no more once it is to stop, and commits nothing of the batch", async () => {
  behaviour(
    `(async () => {
      while (!fs.existsSync(${JSON.stringify(join(folder, "go"))})) await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error("always");
    })()`,
  );
  const { topic, id } = await newTopic({ BisectBatchOnFunctionError: true });
  await produce(topic, ["1", "2", "3", "4"]);
  while (events().length === 0) await sleep(50);
  const stopped = sources.stop();
  writeFileSync(join(folder, "go"), "");
  await stopped;
  expect(events()).toHaveLength(1);
  behaviour("null");
  sources = await start();
  await sources.idle();
  expect(events().map(valuesOf)).toEqual([
    ["1", "2", "3", "4"],
    ["1", "2", "3", "4"],
  ]);
  expect(await failures(id)).toEqual([]);
});

it("gives up what is older than the maximum age without invoking the function", async () => {
  const { topic, id } = await newTopic({ MaximumRecordAgeInSeconds: 60 });
  await produce(topic, [{ value: "old", timestamp: String(Date.now() - 120_000) }, "young"]);
  await sources.idle();
  expect(events().map(valuesOf)).toEqual([["young"]]);
  const [failure] = await failures(id);
  expect(failure?.record).toMatchObject({
    requestContext: { condition: "RecordAgeExceeded", approximateInvokeCount: 0 },
    responseContext: null,
  });
});

it("follows a changed and a deleted mapping", async () => {
  const { topic, id } = await newTopic({ BatchSize: 10 });
  await followed(topic, 1);
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID: id, BatchSize: 1 }));
  await followed(topic, 2);
  await produce(topic, ["1", "2"]);
  await sources.idle();
  expect(events().map(valuesOf)).toEqual([["1"], ["2"]]);
  await lambda.send(new DeleteEventSourceMappingCommand({ UUID: id }));
  while (!logged.includes(`event source: ${topic} is read no more`)) await sleep(50);
  await produce(topic, ["3"]);
  // What another mapping delivers after that would come later.
  await produce((await newTopic({})).topic, ["other"]);
  await sources.idle();
  expect(events().map(valuesOf)).toEqual([["1"], ["2"], ["other"]]);
});

it("reads partitions in parallel, at most as many as there may be pollers", async () => {
  behaviour(`(async () => {
    const file = ${JSON.stringify(folder)} + "/running-" + records[0].partition;
    const most = ${JSON.stringify(folder)} + "/most";
    const running = () => fs.readdirSync(${JSON.stringify(folder)}).filter((name) => name.startsWith("running-")).length;
    fs.writeFileSync(file, "");
    // Until two run at once, however long the second takes to start; then long enough for a third to show.
    for (let wait = 0; wait < 2000 && running() < 2 && !fs.existsSync(most); wait++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    fs.appendFileSync(most, running() + "\\n");
    await new Promise((resolve) => setTimeout(resolve, 300));
    fs.appendFileSync(most, running() + "\\n");
    fs.unlinkSync(file);
    return { batchItemFailures: [] };
  })()`);
  const { topic } = await newTopic({ ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 } }, 4);
  await produce(
    topic,
    [0, 1, 2, 3].map((partition) => ({ partition, value: String(partition) })),
  );
  await sources.idle();
  expect(events().flatMap(valuesOf).sort()).toEqual(["0", "1", "2", "3"]);
  expect(Math.max(...readFileSync(join(folder, "most"), "utf8").trim().split("\n").map(Number))).toBe(2);
});

it("waits for an account that is away without using up retries", async () => {
  const { topic, id } = await newTopic({ MaximumRetryAttempts: 0 });
  // Without an account nobody would hear of the mapping any more.
  await followed(topic, 1);
  await sources.idle();
  await account.ministack.save();
  const port = Number(new URL(account.ministack.endpoint).port);
  account.ministack.kill();
  await account.ministack.ended;
  await produce(topic, ["1"]);
  const refused = `event source ${topic}: the function did not run: `;
  while (!logged.some((line) => line.startsWith(refused))) await sleep(50);
  const again = await startMinistack({ stateFolder: join(folder, "account"), port, log: () => undefined });
  Object.assign(account, { ministack: again });
  await sources.idle();
  expect(events().map(valuesOf)).toEqual([["1"]]);
  expect(await failures(id)).toEqual([]);
});

it("goes on after the broker was killed and came back", async () => {
  const { topic } = await newTopic({});
  await produce(topic, ["1"]);
  await sources.idle();
  account.kafka?.kill();
  while (!(await isFree(Number(account.kafka?.brokers[0]?.split(":")[1])))) await sleep(50);
  const again = await startKafka({ dataFolder: join(folder, "kafka"), log: () => undefined });
  expect(again.brokers).toEqual(account.kafka?.brokers);
  Object.assign(account, { kafka: again });
  await produce(topic, ["2"]);
  await sources.idle();
  expect([...new Set(events().flatMap(valuesOf))]).toEqual(["1", "2"]);
});
