import type { BatchStatus } from "../page/page-data";
import type { Note } from "./steps";

/** Runs the batch when somebody asks for it on the page. */
export class BatchOnDemand {
  #run: ((note: Note) => Promise<void>) | undefined;
  #running = false;
  #note: string | undefined;

  /** @param run - runs the batch until nothing is pending; there once the account is deployed */
  offer(run: (note: Note) => Promise<void>): void {
    this.#run = run;
  }

  get status(): BatchStatus {
    const state = this.#run === undefined ? "unavailable" : this.#running ? "running" : "idle";
    return { state, ...(this.#note !== undefined && { note: this.#note }) };
  }

  /** Starts a run, unless one that was asked for is under way. Its failure is in the status. */
  start(): void {
    if (this.#run === undefined || this.#running) return;
    this.#running = true;
    const note = (text: string): void => {
      this.#note = text;
    };
    note("started");
    this.#run(note)
      .catch((error: unknown) => note(`failed: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        this.#running = false;
      });
  }
}
