import { ImageRefused } from "../contract/refusal";
import type { Sharp } from "./engine";

/** Holds one image to its share of time over several steps. */
export class TimeLimit {
  private readonly end: number;

  constructor(private readonly secondsAllowed: number) {
    this.end = performance.now() + secondsAllowed * 1000;
  }

  /** The refusal for an image that took too long. */
  refusal(options?: ErrorOptions): ImageRefused {
    return new ImageRefused(
      "timeout",
      `Processing took longer than the ${this.secondsAllowed} seconds an image may take.`,
      options,
    );
  }

  /**
   * Makes libvips give up when the time is over. It counts whole seconds.
   * @throws ImageRefused `timeout` when it is over already.
   */
  guard(pipeline: Sharp): Sharp {
    const left = (this.end - performance.now()) / 1000;
    if (left <= 0) throw this.refusal();
    return pipeline.timeout({ seconds: Math.ceil(left) });
  }
}
