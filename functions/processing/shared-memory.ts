interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/**
 * Memory that several images share: who does not fit waits until others are done, in the order of arrival, so that a
 * large picture is not overtaken for ever by small ones.
 */
export class SharedMemory {
  private taken = 0;
  private readonly queue: Waiting[] = [];

  /** Whether `bytes` would have to wait. */
  isFull(bytes: number, capacity: number): boolean {
    return this.queue.length > 0 || this.taken + bytes > capacity;
  }

  /**
   * Waits for `bytes` of `capacity`.
   * @param patience longest wait, in milliseconds
   * @returns what gives them back, undefined when the wait was too long
   */
  async take(bytes: number, capacity: number, patience: number): Promise<(() => void) | undefined> {
    const giveBack = (): void => {
      this.taken -= bytes;
      this.letIn(capacity);
    };
    if (!this.isFull(bytes, capacity)) {
      this.taken += bytes;
      return giveBack;
    }
    const entered = await new Promise<boolean>((resolve) => {
      const waiting: Waiting = {
        bytes,
        enter: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      const timer = setTimeout(() => {
        this.queue.splice(this.queue.indexOf(waiting), 1);
        this.letIn(capacity);
        resolve(false);
      }, patience);
      this.queue.push(waiting);
    });
    return entered ? giveBack : undefined;
  }

  private letIn(capacity: number): void {
    for (let first = this.queue[0]; first !== undefined; first = this.queue[0]) {
      if (this.taken + first.bytes > capacity) return;
      this.queue.shift();
      this.taken += first.bytes;
      first.enter();
    }
  }
}
