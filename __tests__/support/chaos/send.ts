import { S3Client } from "@aws-sdk/client-s3";
import type { Message } from "kafkajs";
import { S3Store } from "../../../functions/common/s3-store";
import { createProducer } from "../../../functions/producer";
import { seededRandom } from "../../../local/demo/corpus/random";
import { kafkaClient } from "../../../local/demo/kafka-client";
import type { ChaosAccount } from "./account";
import type { Pipeline } from "./pipeline";
import { type ChaosRecord, inlineMaxBytes } from "./records";

export interface SendProps {
  readonly brokers: readonly string[];
  readonly pipeline: Pipeline;
  readonly records: readonly ChaosRecord[];
  /** Every how many records one is sent twice. */
  readonly twiceEach: number;
  readonly seed: number;
  /** Programs that send at once. @default 3 */
  readonly producers?: number;
  /** Records a request. @default 100 */
  readonly chunk?: number;
  /** Waits between two requests of a producer. @default - none */
  readonly pause?: () => Promise<unknown>;
}

/** In another order, the same for the same seed (Fisher–Yates). */
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const result = [...values];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** The messages of all records in no order; the second of two goes to any partition, so that two calls may hold one image at once. */
function messagesOf({ records, twiceEach, pipeline, seed }: SendProps): Message[] {
  const once = records.map(({ message, timestamp }) => ({ ...message, timestamp: String(timestamp) }));
  const again = once
    .filter((_, index) => index % twiceEach === 0)
    .map((message, index) => ({ ...message, partition: index % pipeline.partitions }));
  return shuffled([...once, ...again], seed);
}

/**
 * Sends the records by several idempotent producers at once, some twice, in no order.
 * @returns how many were sent.
 */
export async function sendRecords(props: SendProps): Promise<number> {
  const { brokers, pipeline, producers = 3, chunk = 100, pause } = props;
  const messages = messagesOf(props);
  const share = Math.ceil(messages.length / producers);
  const work = async (mine: readonly Message[]): Promise<void> => {
    const producer = kafkaClient(brokers).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      retry: { retries: 40, initialRetryTime: 100, maxRetryTime: 1000 },
    });
    await producer.connect();
    try {
      for (let at = 0; at < mine.length; at += chunk) {
        await producer.send({ topic: pipeline.topic, acks: -1, messages: mine.slice(at, at + chunk) });
        await pause?.();
      }
    } finally {
      await producer.disconnect();
    }
  };
  await Promise.all(
    Array.from({ length: producers }, (_, index) => work(messages.slice(index * share, (index + 1) * share))),
  );
  return messages.length;
}

/** Sends the records as a program does: by the producer library, each of `twiceEach` twice, `atOnce` at a time. */
export async function produceRecords(
  account: ChaosAccount,
  { pipeline, records, twiceEach, seed, pause }: Omit<SendProps, "brokers" | "producers" | "chunk">,
): Promise<number> {
  const again = records.filter((_, index) => index % twiceEach === 0);
  const queue = shuffled([...records, ...again], seed);
  const s3 = new S3Client({ ...account.client, forcePathStyle: true });
  const producer = createProducer({
    brokers: account.brokers,
    topic: pipeline.topic,
    auth: "none",
    inlineMaxBytes,
    claims: { store: new S3Store(s3), bucket: pipeline.buckets.uploads },
  });
  await producer.connect();
  try {
    const rest = queue.values();
    const work = async (): Promise<void> => {
      for (const { image } of rest) {
        await producer.send(image);
        await pause?.();
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
  } finally {
    await producer.disconnect();
    s3.destroy();
  }
  return queue.length;
}
