import { setTimeout as sleep } from "node:timers/promises";
import { lagOf } from "../../event-source/lag";
import { kafkaClient } from "../kafka-client";
import type { Note } from "./steps";

export interface StreamProps {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly groupId: string;
  readonly signal: AbortSignal;
}

const pollMilliseconds = 300;

/** Waits until the group has taken every record of the topic. */
export async function waitForStream({ brokers, topic, groupId, signal }: StreamProps, note: Note): Promise<void> {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    const lag = () => lagOf(admin, { topic, groupId });
    for (let left = await lag(); left > 0; left = await lag()) {
      note(`${left} records to go`);
      await sleep(pollMilliseconds, undefined, { signal });
    }
    note("no record left");
  } finally {
    await admin.disconnect();
  }
}
