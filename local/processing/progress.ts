import type { ImageFile } from "./image-files";
import type { ImageResult, RunReport } from "./result";

/** What is known of the run that goes on, and of the images it has not come to, what the run before made of them. */
export class Progress {
  #state: RunReport["state"] = "running";
  #fault: string | undefined;
  #peakMegabytes = 0;
  #files: readonly string[] = [];
  readonly #results = new Map<string, ImageResult>();
  readonly #fresh = new Set<string>();
  readonly #told = new Set<() => void>();

  constructor(
    private readonly code: string,
    private readonly environment: string,
  ) {}

  /** Calls `tell` after each change. @returns how to have it called no more. */
  onChange(tell: () => void): () => void {
    this.#told.add(tell);
    return () => this.#told.delete(tell);
  }

  begin(images: readonly ImageFile[]): void {
    this.#state = "running";
    this.#fault = undefined;
    this.#peakMegabytes = 0;
    this.#fresh.clear();
    this.#files = images.map(({ file }) => file);
    for (const file of this.#results.keys()) if (!this.#files.includes(file)) this.#results.delete(file);
    this.#tell();
  }

  done(result: ImageResult, peakMegabytes: number): void {
    this.#results.set(result.file, result);
    this.#fresh.add(result.file);
    this.#peakMegabytes = Math.max(this.#peakMegabytes, Math.round(peakMegabytes));
    this.#tell();
  }

  end(fault?: string): void {
    this.#fault = fault;
    this.#state = fault === undefined && this.report().counts.failed === 0 ? "complete" : "failed";
    this.#tell();
  }

  report(): RunReport {
    const images = this.#files.flatMap((file) => this.#results.get(file) ?? []);
    const counted = images.filter(({ file }) => this.#fresh.has(file));
    const count = (state: string): number => counted.filter(({ outcome }) => outcome.state === state).length;
    const times = counted
      .filter(({ outcome }) => outcome.state === "processed")
      .map(({ milliseconds }) => milliseconds);
    const sum = times.reduce((total, time) => total + time, 0);
    return {
      code: this.code,
      environment: this.environment,
      state: this.#state,
      ...(this.#fault !== undefined && { fault: this.#fault }),
      counts: { processed: count("processed"), refused: count("refused"), failed: count("failed") },
      meanMilliseconds: times.length === 0 ? null : Math.round((sum / times.length) * 10) / 10,
      peakMegabytes: this.#peakMegabytes,
      images,
    };
  }

  /** Whether the run has come to this image, or shows what the one before made of it. */
  isFresh(file: string): boolean {
    return this.#fresh.has(file);
  }

  #tell(): void {
    for (const tell of this.#told) tell();
  }
}
