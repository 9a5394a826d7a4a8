import { ImageRefused } from "../contract/refusal";
import type { Sharp } from "./engine";

/** Decoders that did not stop when their time was over. They run on in a thread of this process. */
const runaway = new Set<Promise<unknown>>();

/** Holds one image to its share of time over several steps. */
export class TimeLimit {
  private readonly end: number;
  /** Whether the image had less than its share because of other images. */
  private hindered = runaway.size > 0;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly secondsAllowed: number) {
    this.end = performance.now() + secondsAllowed * 1000;
  }

  get over(): boolean {
    return performance.now() >= this.end;
  }

  /** Milliseconds left, not below 0. */
  get left(): number {
    return Math.max(0, this.end - performance.now());
  }

  /** Fulfilled once the last step is through, also when nobody waits for it any more. */
  get settled(): Promise<void> {
    return this.last;
  }

  /** Other images kept this one waiting: when its time is over, that says nothing of the image. */
  waited(): void {
    this.hindered = true;
  }

  /** What to throw when the time is over: the refusal, or an error of the moment when other images were in the way. */
  fault(options?: ErrorOptions): Error {
    const text = `Processing took longer than the ${this.secondsAllowed} seconds an image may take`;
    return this.hindered
      ? new Error(`${text}, while other images were in its way; it must be tried again.`, options)
      : new ImageRefused("timeout", `${text}.`, options);
  }

  /**
   * Runs one step of sharp. libvips gives up by itself when the time is over, counting whole seconds; the answer does
   * not wait for it, as some decoders look at no clock until they are through.
   * @throws the {@link fault} when the time is over.
   */
  async run<Result>(pipeline: Sharp, step: (pipeline: Sharp) => Promise<Result>): Promise<Result> {
    if (this.over) throw this.fault();
    const work = step(pipeline.timeout({ seconds: Math.ceil(this.left / 1000) }));
    const settled = work.then(
      () => {},
      () => {},
    );
    this.last = settled;
    let timer: NodeJS.Timeout | undefined;
    const alarm = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        runaway.add(settled);
        void settled.then(() => runaway.delete(settled));
        reject(this.fault());
      }, this.left);
    });
    try {
      return await Promise.race([work, alarm]);
    } finally {
      clearTimeout(timer);
    }
  }
}
