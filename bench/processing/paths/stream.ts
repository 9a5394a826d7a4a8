import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Kafka, logLevel, type Message, Partitioners } from "kafkajs";
import type { Environment } from "../../../environments/schema";
import { prefixes } from "../../../functions/common/layout";
import { encodeMessage, sha256Of } from "../../../functions/common/message";
import { ensureTopic } from "../../../local/demo/topic";
import { lagOf } from "../../../local/event-source/lag";
import type { Mapping } from "../../../local/event-source/mapping";
import { startSource } from "../../../local/event-source/source";
import { type FunctionProps, startFunction } from "./function-process";
import { expectProcessed, type MeasuredPath, type PathImage } from "./measured-path";
import { buckets, type Services } from "./services";

/**
 * Kafka → poller → stream function → S3. A backlog waits in the topic when the poller starts, so that the function is
 * never short of images. One partition: one call at a time, as one execution environment of Lambda gets them.
 */
export async function streamPath(services: Services, props: FunctionProps): Promise<MeasuredPath> {
  const { streaming } = props.environment;
  const topic = "bench";
  const kafka = new Kafka({ brokers: [...services.brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await ensureTopic(admin, { topic, partitions: 1, inlineMaxBytes: streaming.inlineMaxBytes });
  const streamFunction = await startFunction("stream", props);
  const mapping = mappingOf(topic, props.environment);
  const edges = {
    kafka,
    brokers: services.brokers,
    lambda: streamFunction.lambda,
    s3: services.s3,
    backoff: { baseMilliseconds: 200, capMilliseconds: 1000 },
    log: (message: string) => console.error(message),
    now: () => new Date(),
  };

  async function readToEnd(): Promise<void> {
    const source = startSource(mapping, edges);
    try {
      while ((await lagOf(admin, mapping)) > 0) await sleep(200);
    } finally {
      await source.stop();
    }
  }

  return {
    run: (images) =>
      expectProcessed(services, images.length, async () => {
        await send(kafka, topic, await messagesOf(images, services, streaming.inlineMaxBytes));
        await streamFunction.usage();
        await readToEnd();
        return streamFunction.usage();
      }),
    async stop() {
      await streamFunction.stop();
      await admin.disconnect();
    },
  };
}

/** As deployed, but without waiting for a batch to fill: behind a backlog it always is full. */
const mappingOf = (topic: string, { streaming: { consumer } }: Environment): Mapping => ({
  id: "bench",
  enabled: true,
  sourceArn: "arn:aws:kafka:eu-central-1:000000000000:cluster/bench/00000000-0000-4000-8000-000000000000-1",
  functionArn: "bench",
  topic,
  groupId: "bench",
  batchSize: consumer.batchSize,
  windowMilliseconds: 0,
  start: { at: "TRIM_HORIZON" },
  maxRetries: 0,
  maxAgeSeconds: Number.POSITIVE_INFINITY,
  bisect: true,
  partialResponses: true,
  onFailureBucket: undefined,
  maxPollers: 1,
});

async function messagesOf(
  images: readonly PathImage[],
  { store }: Services,
  inlineMaxBytes: number,
): Promise<Message[]> {
  const messages: Message[] = [];
  const run = randomUUID();
  for (const [index, { path }] of images.entries()) {
    const bytes = await readFile(path);
    const base = { id: `${run}-${index}`, name: `${index}.jpg`, sentAt: new Date() };
    if (bytes.length <= inlineMaxBytes) {
      messages.push({ ...encodeMessage({ ...base, kind: "inline", bytes }) });
    } else {
      const key = `${prefixes.claims}${base.id}`;
      await store.put(buckets.uploads, key, bytes);
      const claim = { bucket: buckets.uploads, key, sizeBytes: bytes.length, sha256: sha256Of(bytes) };
      messages.push({ ...encodeMessage({ ...base, kind: "claim", claim }) });
    }
  }
  return messages;
}

async function send(kafka: Kafka, topic: string, messages: readonly Message[]): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    // One request each: together they would be one batch of records, larger than the topic takes.
    for (const message of messages) await producer.send({ topic, acks: -1, messages: [message] });
  } finally {
    await producer.disconnect();
  }
}
