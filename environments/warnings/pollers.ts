import type { Environment } from "../schema";

/** A partition is read by one poller at a time: more of them than partitions only cost (Kafka, consumer groups). */
export function pollers({ streaming: { partitions, consumer } }: Pick<Environment, "streaming">): string[] {
  if (consumer.maxPollers <= partitions) return [];
  return [
    `streaming.consumer.maxPollers: ${consumer.maxPollers} pollers cannot all read ${partitions} partitions. Write ${partitions} or less, or raise streaming.partitions.`,
  ];
}
