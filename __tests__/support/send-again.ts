import { ListBucketsCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import type { IHeaders, Kafka, KafkaMessage } from "kafkajs";
import type { LocalAccount } from "../../local/account-file";
import { kafkaClient } from "../../local/demo/kafka-client";

const topic = "images";
const group = "darkroom-local-stream";
/** Records a request; together they stay below the topic's largest batch. */
const atOnce = 3;

/** Writes every record of the topic a second time, waits until all were delivered, and tells what lay in the buckets before and after. */
export async function sendAgain(account: LocalAccount) {
  const kafka = kafkaClient(account.kafkaBrokers);
  const objectsBefore = await objects(account);
  const records = await allRecords(kafka);
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  // Some at once: one by one, most of the time would be spent on waiting for the broker.
  const messages = records.map(({ key, value, headers, timestamp }) => ({
    key,
    value,
    timestamp,
    ...(headers && { headers: headers as IHeaders }),
  }));
  for (let at = 0; at < messages.length; at += atOnce) {
    await producer.send({ topic, acks: -1, messages: messages.slice(at, at + atOnce) });
  }
  await producer.disconnect();
  const admin = kafka.admin();
  await admin.connect();
  while ((await lag(admin)) > 0) await new Promise((resolve) => setTimeout(resolve, 250));
  await admin.disconnect();
  return { records: records.length, objectsBefore, objectsAfter: await objects(account) };
}

type Admin = ReturnType<Kafka["admin"]>;

const ends = async (admin: Admin) =>
  new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));

async function lag(admin: Admin): Promise<number> {
  const [high, committed] = [
    await ends(admin),
    (await admin.fetchOffsets({ groupId: group, topics: [topic] }))[0]?.partitions ?? [],
  ];
  return committed.reduce(
    (sum, { partition, offset }) => sum + (high.get(partition) ?? 0) - Math.max(0, Number(offset)),
    0,
  );
}

async function allRecords(kafka: Kafka): Promise<KafkaMessage[]> {
  const admin = kafka.admin();
  await admin.connect();
  const wanted = [...(await ends(admin)).values()].reduce((sum, end) => sum + end, 0);
  const groupId = `send-again-${process.pid}`;
  const consumer = kafka.consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const records: KafkaMessage[] = [];
  // What the idempotent producers of the run wrote has no gaps: offsets count records.
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: async ({ message }) => {
          records.push(message);
          if (records.length === wanted) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  await admin.deleteGroups([groupId]);
  await admin.disconnect();
  return records;
}

/** `bucket/key time etag` of every object that images end in. */
async function objects({ endpoint, account, region }: LocalAccount): Promise<string[]> {
  const credentials = { accessKeyId: account, secretAccessKey: "local" };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const found: string[] = [];
  for (const { Name = "" } of (await client.send(new ListBucketsCommand({}))).Buckets ?? []) {
    if (!/-(uploads|processed|quarantine)$/.test(Name)) continue;
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: Name })) {
      found.push(
        ...Contents.map(({ Key, ETag, LastModified }) => `${Name}/${Key} ${LastModified?.toISOString()} ${ETag}`),
      );
    }
  }
  client.destroy();
  return found.sort();
}
