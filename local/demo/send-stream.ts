import { readFile } from "node:fs/promises";
import { createProducer, type ProducerProps } from "../../functions/producer";
import { bounded } from "./bounded";
import { kafkaClient } from "./kafka-client";
import type { RunImage } from "./run-record";
import { ensureTopic, type TopicProps } from "./topic";

export interface SendStreamProps extends TopicProps, Pick<ProducerProps, "brokers" | "claims"> {
  readonly images: readonly RunImage[];
  readonly sentAt: Date;
  /** Told how many images Kafka has acknowledged. */
  readonly onProgress?: (sent: number) => void;
  readonly signal?: AbortSignal;
}

/** Images read and on their way at once: enough to fill a request while another is answered. */
const imagesAtOnce = 16;

/** Streams images as web app 1 does. */
export async function sendStream(props: SendStreamProps): Promise<void> {
  const { brokers, topic, images, inlineMaxBytes, claims, sentAt, onProgress, signal } = props;
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  await ensureTopic(admin, props).finally(() => admin.disconnect());
  const producer = createProducer({ brokers, topic, auth: "none", inlineMaxBytes, claims, clientId: "darkroom-demo" });
  await producer.connect();
  try {
    let sent = 0;
    await bounded(images, imagesAtOnce, async ({ imageId, name, item }) => {
      signal?.throwIfAborted();
      await producer.send({ id: imageId, name, bytes: await readFile(item.path), sentAt });
      onProgress?.(++sent);
    });
  } finally {
    await producer.disconnect();
  }
}
