/**
 * The topic's `max.message.bytes`: Kafka's own default, or an image of `inlineMaxBytes` with its key and headers. It holds
 * for a batch of records of one partition.
 */
export const largestMessageBytes = (inlineMaxBytes: number): number => Math.max(1_048_588, inlineMaxBytes + 65_536);
