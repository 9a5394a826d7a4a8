import type { Admin } from "kafkajs";
import type { Mapping } from "./mapping";

/** Records of the topic that the mapping's group has not committed yet. 0 when the topic does not exist. */
export const lagOf = async (admin: Admin, { topic, groupId }: Pick<Mapping, "topic" | "groupId">): Promise<number> => {
  if (!(await admin.listTopics()).includes(topic)) return 0;
  const [ends, committed] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId, topics: [topic] }),
  ]);
  const reached = new Map(
    committed.flatMap(({ partitions }) => partitions.map(({ partition, offset }) => [partition, Number(offset)])),
  );
  return ends.reduce((lag, { partition, low, high }) => {
    const at = reached.get(partition) ?? -1;
    return lag + Math.max(0, Number(high) - (at < 0 ? Number(low) : at));
  }, 0);
};
