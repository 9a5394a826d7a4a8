import { setTimeout as sleep } from "node:timers/promises";
import type { Admin } from "kafkajs";
import { kafkaClient } from "../kafka-client";
import type { Note } from "./steps";

export interface StreamProps {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly groupId: string;
  readonly signal: AbortSignal;
}

const pollMilliseconds = 300;

/** Records of the topic that the group has not taken yet. */
export async function lagOf(admin: Admin, topic: string, groupId: string): Promise<number> {
  const ends = await admin.fetchTopicOffsets(topic);
  const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return ends.reduce((lag, { partition, low, high }) => {
    const committed = Number(group?.partitions.find((one) => one.partition === partition)?.offset ?? -1);
    // -1: the group has taken nothing of this partition.
    return lag + Number(high) - Math.max(committed, Number(low));
  }, 0);
}

/** Waits until the group has taken every record of the topic. */
export async function waitForStream({ brokers, topic, groupId, signal }: StreamProps, note: Note): Promise<void> {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    for (let lag = await lagOf(admin, topic, groupId); lag > 0; lag = await lagOf(admin, topic, groupId)) {
      note(`${lag} records to go`);
      await sleep(pollMilliseconds, undefined, { signal });
    }
    note("no record left");
  } finally {
    await admin.disconnect();
  }
}
