import { readFile } from "node:fs/promises";
import { type Message, Partitioners } from "kafkajs";
import { encodeMessage } from "../../functions/common/message";
import { bounded } from "./bounded";
import { kafkaClient } from "./kafka-client";
import type { ObjectStore } from "./object-store";
import type { RunImage } from "./run-record";
import { ensureTopic, type TopicProps } from "./topic";

export interface SendStreamProps extends TopicProps {
  readonly brokers: readonly string[];
  readonly store: Pick<ObjectStore, "put">;
  readonly uploadsBucket: string;
  readonly images: readonly RunImage[];
  readonly sentAt: Date;
  /** Told how many images Kafka has acknowledged. */
  readonly onProgress?: (sent: number) => void;
  readonly signal?: AbortSignal;
}

/** Requests on their way at once; an idempotent producer keeps order and writes once with up to five. */
const maxInFlightRequests = 4;

/** Streams images as web app 1 does: idempotent, acknowledged by all replicas, large ones as a claim on an object in S3. */
export async function sendStream(props: SendStreamProps): Promise<void> {
  const { brokers, topic, images, inlineMaxBytes, onProgress, signal } = props;
  const kafka = kafkaClient(brokers);
  const admin = kafka.admin();
  await admin.connect();
  await ensureTopic(admin, props).finally(() => admin.disconnect());
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  try {
    let sent = 0;
    for (const batch of batchesOf(images, inlineMaxBytes)) {
      signal?.throwIfAborted();
      const messages = await bounded(batch, maxInFlightRequests, (image) => messageOf(image, props));
      await producer.send({ topic, acks: -1, messages });
      sent += batch.length;
      onProgress?.(sent);
    }
  } finally {
    await producer.disconnect();
  }
}

/** What goes to one partition in one request is one batch of records, which must not exceed the topic's largest message. */
function batchesOf(images: readonly RunImage[], inlineMaxBytes: number): RunImage[][] {
  const batches: RunImage[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const image of images) {
    const bytes = image.item.sizeBytes <= inlineMaxBytes ? image.item.sizeBytes : 0;
    if (size + bytes > inlineMaxBytes) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(image);
    size += bytes;
  }
  return batches;
}

async function messageOf(
  image: RunImage,
  { store, uploadsBucket, inlineMaxBytes, sentAt }: SendStreamProps,
): Promise<Message> {
  const { sizeBytes, sha256, path } = image.item;
  const bytes = await readFile(path);
  const base = { id: image.imageId, name: image.name, sentAt };
  if (sizeBytes <= inlineMaxBytes) return { ...encodeMessage({ ...base, kind: "inline", bytes, sha256 }) };
  await store.put(uploadsBucket, image.key, bytes);
  return {
    ...encodeMessage({ ...base, kind: "claim", claim: { bucket: uploadsBucket, key: image.key, sizeBytes, sha256 } }),
  };
}
