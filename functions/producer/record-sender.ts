import { type Kafka, type Message, Partitioners, type Producer, type RetryOptions } from "kafkajs";

/** Sends records to one topic. */
export interface RecordSender {
  connect(): Promise<void>;
  /** Resolves when all in-sync replicas of every record's partition have it. Not to be called twice at once. */
  send(messages: readonly Message[]): Promise<void>;
  disconnect(): Promise<void>;
}

/**
 * An idempotent producer: the broker writes a record once, however often a request whose answer got lost is repeated.
 *
 * What kafkajs 2.2 needs for that to hold:
 * - one request at a time (`maxInFlightRequests: 1`): it gives up the numbers of a failed request, which a second one on
 *   its way would already have left behind;
 * - a new producer after a request that failed for good: the next records would get the numbers of those that failed, and
 *   a broker that has the latter would take the former for repetitions, and confirm them without writing them;
 * - no limit of repetitions below what outlasts an election of leaders; kafkajs warns of any limit at all, for the second
 *   reason, which holds no more with a new producer;
 * - no transactions: a record stands alone, and the functions know an image by its id when it comes twice.
 */
export function recordSender(kafka: Kafka, topic: string, retry: RetryOptions): RecordSender {
  let current: Promise<Producer> | undefined;
  const connected = async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // kafkajs would go on for ever, and the sender of an image never hear of it.
      retry,
      // By the hash of the key, as Java's producer does: records of one image go to one partition.
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  };
  const give = (): Promise<Producer> => {
    current ??= connected();
    return current;
  };
  const drop = async (): Promise<void> => {
    const dropped = current;
    current = undefined;
    await dropped?.then((producer) => producer.disconnect()).catch(() => undefined);
  };
  return {
    async connect() {
      await give().catch(async (error: unknown) => {
        await drop();
        throw error;
      });
    },
    async send(messages) {
      try {
        await (await give()).send({ topic, acks: -1, timeout: 10_000, messages: [...messages] });
      } catch (error) {
        await drop();
        throw error;
      }
    },
    disconnect: drop,
  };
}
