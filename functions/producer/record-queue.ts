import type { Message } from "kafkajs";

/** Bytes Kafka adds to a record, at most (Apache Kafka, "Message format": lengths, times, offsets). */
const RECORD_OVERHEAD = 70;

const lengthOf = (text: Message["key"] | undefined): number => (text ? Buffer.byteLength(text) : 0);

/** Bytes of a record in a batch, at most. */
export function recordBytes({ key, value, headers = {} }: Message): number {
  const headerBytes = Object.entries(headers).map(([name, text]) => name.length + lengthOf(String(text)) + 10);
  return RECORD_OVERHEAD + lengthOf(key) + lengthOf(value) + headerBytes.reduce((sum, bytes) => sum + bytes, 0);
}

interface Waiting {
  readonly message: Message;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Collects records while a request is on its way and sends them together in the next: one program's requests go out one
 * after the other, and a request for each record would wait for every one before it.
 */
export class RecordQueue {
  private waiting: Waiting[] = [];
  private sending: Promise<void> | undefined;

  /**
   * @param send - sends records in one request.
   * @param mostBytes - most bytes of a request: all its records may belong to one partition's batch, which the topic's
   * largest message limits.
   */
  constructor(
    private readonly send: (messages: readonly Message[]) => Promise<void>,
    private readonly mostBytes: number,
  ) {}

  /** Resolves when the record is sent. */
  add(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ message, resolve, reject });
      this.sending ??= this.sendAll();
    });
  }

  /** Resolves when nothing waits any more. */
  async empty(): Promise<void> {
    await this.sending;
  }

  private async sendAll(): Promise<void> {
    // Whoever adds records one after the other in one go has them sent together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.takeBatch();
      await this.send(batch.map(({ message }) => message)).then(
        () => batch.forEach(({ resolve }) => void resolve()),
        (error: unknown) => batch.forEach(({ reject }) => void reject(error)),
      );
    }
    this.sending = undefined;
  }

  private takeBatch(): Waiting[] {
    let bytes = 0;
    const over = this.waiting.findIndex(({ message }, index) => {
      bytes += recordBytes(message);
      return index > 0 && bytes > this.mostBytes;
    });
    return this.waiting.splice(0, over === -1 ? this.waiting.length : over);
  }
}
