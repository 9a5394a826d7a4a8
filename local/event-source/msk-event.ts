import type { MSKRecord } from "aws-lambda";
import type { KafkaMessage } from "kafkajs";

/** A record as a function gets it from Amazon MSK. `key` and `value` are absent where Kafka has none. */
export type EventRecord = Omit<MSKRecord, "key" | "value"> & Partial<Pick<MSKRecord, "key" | "value">>;

/** Where an event comes from. */
export interface EventSource {
  readonly sourceArn: string;
  readonly brokers: readonly string[];
}

type Headers = KafkaMessage["headers"];

/** Kafka's header bytes as Lambda writes them: Java's signed bytes, −128 to 127. */
const headerBytes = (value: Buffer | string): number[] => [...Int8Array.from(Buffer.from(value))];

const headersOf = (headers: Headers): MSKRecord["headers"] =>
  Object.entries(headers ?? {}).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values])
      .filter((value) => value !== undefined)
      .map((value) => ({ [name]: headerBytes(value) })),
  );

export const eventRecord = (topic: string, partition: number, message: KafkaMessage): EventRecord => ({
  topic,
  partition,
  offset: Number(message.offset),
  timestamp: Number(message.timestamp),
  timestampType: "CREATE_TIME",
  ...(message.key ? { key: message.key.toString("base64") } : {}),
  ...(message.value ? { value: message.value.toString("base64") } : {}),
  headers: headersOf(message.headers),
});

/** The name of a topic's partition in events and answers: `images-0`. */
export const partitionName = ({ topic, partition }: Pick<EventRecord, "topic" | "partition">): string =>
  `${topic}-${partition}`;

/** The invocation's payload for records of one partition. */
export const mskEvent = ({ sourceArn, brokers }: EventSource, records: readonly EventRecord[]): string => {
  const [first] = records;
  const name = first === undefined ? "" : partitionName(first);
  return JSON.stringify({
    eventSource: "aws:kafka",
    eventSourceArn: sourceArn,
    bootstrapServers: brokers.join(","),
    records: { [name]: records },
  });
};
