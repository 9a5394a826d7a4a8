import type { Reconciliation } from "../account";
import type { RunReport, StepReport } from "../report";
import type { WebAppUrls } from "./servers";

const secondsSince = (since: number): number => (performance.now() - since) / 1000;

/** The report of the run that goes on, brought up to date by its steps. */
export class CurrentReport {
  runId = "";
  pageUrl: string | undefined;
  appUrls: WebAppUrls | undefined;
  readonly #began = performance.now();
  readonly #startedAt = new Date().toISOString();
  #readySeconds: number | undefined;
  #sending: { readonly since: number; readonly images: number } | undefined;
  #imagesPerSecond: number | undefined;
  #account: Reconciliation | undefined;
  #state: RunReport["state"] = "running";

  constructor(private readonly steps: () => readonly StepReport[]) {}

  /** Servers are up, and the account is as the environment file says; the last of several calls counts. */
  ready(): void {
    this.#readySeconds = secondsSince(this.#began);
  }

  /** What is sent from now on, or was sent before the run was stopped and has not ended yet. */
  sending(images: number): void {
    this.#sending = { since: performance.now(), images };
  }

  accounted(account: Reconciliation): void {
    this.#account = account;
    if (this.#sending !== undefined) this.#imagesPerSecond = this.#sending.images / secondsSince(this.#sending.since);
  }

  /** The run has ended; it is complete when every image is accounted for as expected. */
  end(): void {
    this.#state = this.#account?.balanced ? "complete" : "failed";
  }

  /** The run has ended before its time, whatever it had accounted for by then. */
  fail(): void {
    this.#state = "failed";
  }

  now(): RunReport {
    return {
      runId: this.runId,
      state: this.#state,
      startedAt: this.#startedAt,
      steps: this.steps(),
      ...(this.appUrls !== undefined && { appUrls: this.appUrls }),
      ...(this.#readySeconds !== undefined && { readySeconds: this.#readySeconds }),
      ...(this.#imagesPerSecond !== undefined && { imagesPerSecond: this.#imagesPerSecond }),
      ...(this.#account !== undefined && { account: this.#account }),
    };
  }
}
