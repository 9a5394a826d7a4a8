import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyBaseLogger } from "fastify";
import { createProducer, type ImageProducer, makeTopic, type ProducerProps } from "../../functions/producer";
import { Problem } from "../common/problem";

export interface LinkProps {
  /** Finds the brokers; asked again at each try. */
  readonly brokers: () => Promise<readonly string[]>;
  readonly producer: Omit<ProducerProps, "brokers">;
  /** Of the topic, where it is created. */
  readonly partitions: number;
  readonly log: Pick<FastifyBaseLogger, "info" | "warn">;
}

/** Waits between tries to reach the cluster, in milliseconds. */
const firstWait = 500;
const longestWait = 5000;

/**
 * The way to the cluster. It is looked for in the background until it is found, so that an instance that starts while Kafka
 * is down serves its page and is ready when Kafka is.
 */
export class Link {
  private found: ImageProducer | undefined;
  private readonly ending = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(private readonly props: LinkProps) {}

  /** Starts to look for the cluster. */
  open(): void {
    this.looking ??= this.look();
  }

  /** Whether the cluster was reached. */
  get isOpen(): boolean {
    return this.found !== undefined;
  }

  /** @throws Problem 503 while the cluster was not reached yet */
  producer(): ImageProducer {
    if (this.found !== undefined) return this.found;
    throw new Problem({
      status: 503,
      code: "stream-down",
      title: "The stream of images is down",
      detail: "Kafka was not reached yet. Send the image again later.",
      retryAfterSeconds: 5,
    });
  }

  /** Waits for what is being sent, and ends the connection. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.looking;
    await this.found?.disconnect();
  }

  private async look(): Promise<void> {
    const { log, partitions, producer: settings } = this.props;
    const { signal } = this.ending;
    for (let wait = firstWait; !signal.aborted; wait = Math.min(2 * wait, longestWait)) {
      try {
        const props = { ...settings, brokers: await this.props.brokers() };
        // One try of a few seconds, and then anew, as the brokers' addresses may have changed.
        const created = await makeTopic({ ...props, partitions, retries: 2 });
        const producer = createProducer(props);
        await producer.connect();
        this.found = producer;
        log.info({ topic: props.topic, created }, "Kafka reached");
        return;
      } catch (error) {
        log.warn({ err: error }, "Kafka not reached; trying again");
        await sleep(wait, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
