import { setTimeout as sleep } from "node:timers/promises";
import type { EachBatchPayload } from "kafkajs";
import { type Backoff, backOff } from "./backoff";
import { cutIntoBatches, maxPayloadBytes } from "./batches";
import { type DeliveryEdges, deliver } from "./deliver";
import { giveUp } from "./give-up";
import { invoke } from "./invoke";
import type { Mapping } from "./mapping";
import { eventRecord } from "./msk-event";
import type { SourceEdges } from "./source-edges";
import { pinStartingPosition } from "./starting-position";

export interface Source {
  stop(): Promise<void>;
}

/** Milliseconds between heartbeats while a batch is worked on; a third of the session's timeout at most. */
const heartbeatMilliseconds = 3000;

/** A broker that is back is found soon. */
const reconnecting = ({ baseMilliseconds, capMilliseconds }: Backoff): Backoff => ({
  baseMilliseconds,
  capMilliseconds: Math.min(capMilliseconds, 2000),
});

/** Reads one mapping's topic and invokes its function until stopped. A lost broker or account is waited for. */
export const startSource = (mapping: Mapping, edges: SourceEdges): Source => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const name = `event source ${mapping.topic}`;

  const delivery: DeliveryEdges = {
    brokers: edges.brokers,
    invoke: async (payload) => {
      signal.throwIfAborted();
      const invocation = await invoke(edges.lambda, mapping.functionArn, payload);
      if (invocation.kind === "not-run") edges.log(`${name}: the function did not run: ${invocation.reason}`);
      if (invocation.kind === "failed") edges.log(`${name}: ${invocation.functionError}: ${invocation.answer}`);
      return invocation;
    },
    giveUp: (given) => giveUp(given, mapping, edges, signal),
    pause: (attempt) => backOff(edges.backoff, attempt, signal),
    now: () => edges.now().getTime(),
  };

  const eachBatch = async (payload: EachBatchPayload): Promise<void> => {
    const { batch, isStale, isRunning, resolveOffset, heartbeat, commitOffsetsIfNecessary } = payload;
    const beat = setInterval(() => void heartbeat().catch(() => undefined), heartbeatMilliseconds);
    try {
      const records = batch.messages.map((message) => eventRecord(batch.topic, batch.partition, message));
      for (const part of cutIntoBatches(records, mapping.batchSize)) {
        if (signal.aborted || isStale() || !isRunning()) return;
        await deliver(part, mapping, delivery);
        resolveOffset(String(part.at(-1)?.offset));
        await commitOffsetsIfNecessary();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      clearInterval(beat);
    }
  };

  const run = async (): Promise<void> => {
    await ready(mapping, edges, signal);
    const consumer = edges.kafka.consumer({
      groupId: mapping.groupId,
      sessionTimeout: 10_000,
      heartbeatInterval: heartbeatMilliseconds,
      minBytes: mapping.windowMilliseconds === 0 ? 1 : maxPayloadBytes,
      maxBytesPerPartition: maxPayloadBytes,
      maxWaitTimeInMs: Math.max(1, mapping.windowMilliseconds),
      allowAutoTopicCreation: false,
      // This loop starts a new consumer instead, with the deployed settings.
      retry: { restartOnFailure: async () => false },
    });
    try {
      const crashed = new Promise<Error>((resolve) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
      });
      await consumer.connect();
      await consumer.subscribe({ topics: [mapping.topic], fromBeginning: true });
      const partitionsConsumedConcurrently = mapping.maxPollers;
      await consumer.run({
        autoCommit: true,
        autoCommitThreshold: 1,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently,
        eachBatch,
      });
      const stopped = new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
      const error = await (signal.aborted ? undefined : Promise.race([crashed, stopped]));
      if (error) throw error;
    } finally {
      await consumer.disconnect().catch(() => undefined);
    }
  };

  const loop = async (): Promise<void> => {
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        await run();
      } catch (error) {
        if (signal.aborted) return;
        edges.log(`${name}: ${error instanceof Error ? error.message : error}; starting again`);
        await backOff(reconnecting(edges.backoff), attempt, signal).catch(() => undefined);
      }
    }
  };

  const running = loop();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
};

/** Waits for the topic and pins the starting position. */
const ready = async (mapping: Mapping, { kafka }: SourceEdges, signal: AbortSignal): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    while (!(await admin.listTopics()).includes(mapping.topic)) await sleep(500, undefined, { signal });
    await pinStartingPosition(admin, mapping);
  } finally {
    await admin.disconnect();
  }
};
