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
/** Longer than a call of the function and its first retries take. */
const quietMilliseconds = 60_000;

/** Waits until the group has taken every record of the topic. */
export async function waitForStream({ brokers, topic, groupId, signal }: StreamProps, note: Note): Promise<void> {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    const lag = () => lagOf(admin, { topic, groupId });
    let least = Number.POSITIVE_INFINITY;
    let since = Date.now();
    for (let left = await lag(); left > 0; left = await lag()) {
      if (left < least) [least, since] = [left, Date.now()];
      const quiet = Date.now() - since > quietMilliseconds;
      note(`${left} records to go${quiet ? "; none taken for a minute: .local/runners.log says why" : ""}`);
      await sleep(pollMilliseconds, undefined, { signal });
    }
    note("no record left");
  } finally {
    await admin.disconnect();
  }
}
