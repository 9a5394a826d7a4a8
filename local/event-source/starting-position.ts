import type { Admin } from "kafkajs";
import type { Mapping } from "./mapping";

type Offsets = readonly { readonly partition: number; readonly offset: string }[];

const startingOffsets = async (admin: Admin, { topic, start }: Mapping): Promise<Offsets> => {
  if (start.at === "AT_TIMESTAMP") return admin.fetchTopicOffsetsByTimestamp(topic, start.time);
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.map(({ partition, low, high }) => ({ partition, offset: start.at === "LATEST" ? high : low }));
};

/**
 * Commits the mapping's starting position for every partition its group has never read, so that records which arrive
 * while the source is down are still read after LATEST. Must run before the group has members.
 */
export const pinStartingPosition = async (admin: Admin, mapping: Mapping): Promise<void> => {
  const { groupId, topic, start } = mapping;
  // The consumer begins there by itself where nothing is committed; and kafkajs takes 5 s to set offsets.
  if (start.at === "TRIM_HORIZON") return;
  const committed = await admin.fetchOffsets({ groupId, topics: [topic] });
  const known = new Set(
    committed
      .flatMap(({ partitions }) => partitions)
      .filter(({ offset }) => offset !== "-1")
      .map(({ partition }) => partition),
  );
  const partitions = (await startingOffsets(admin, mapping)).filter(({ partition }) => !known.has(partition));
  if (partitions.length > 0) await admin.setOffsets({ groupId, topic, partitions: [...partitions] });
};
