import type { Reconciliation } from "../account";
import type { RunReport, StepReport } from "../report";

const secondsSince = (since: number): number => (performance.now() - since) / 1000;

/** The report of the run that goes on, brought up to date by its steps. */
export class CurrentReport {
  runId = "";
  pageUrl: string | undefined;
  readonly #began = performance.now();
  readonly #startedAt = new Date().toISOString();
  #readySeconds: number | undefined;
  #sendingSince: number | undefined;
  #imagesPerSecond: number | undefined;
  #account: Reconciliation | undefined;
  #state: RunReport["state"] = "running";

  constructor(private readonly steps: () => readonly StepReport[]) {}

  /** Servers are up, and the account is as the environment file says. */
  ready(): void {
    this.#readySeconds = secondsSince(this.#began);
  }

  sending(): void {
    this.#sendingSince = performance.now();
  }

  accounted(account: Reconciliation): void {
    this.#account = account;
    if (this.#sendingSince !== undefined) this.#imagesPerSecond = account.sent / secondsSince(this.#sendingSince);
  }

  /** The run has ended; it is complete when every image is accounted for as expected. */
  end(): void {
    this.#state = this.#account?.balanced ? "complete" : "failed";
  }

  now(): RunReport {
    return {
      runId: this.runId,
      state: this.#state,
      startedAt: this.#startedAt,
      steps: this.steps(),
      ...(this.#readySeconds !== undefined && { readySeconds: this.#readySeconds }),
      ...(this.#imagesPerSecond !== undefined && { imagesPerSecond: this.#imagesPerSecond }),
      ...(this.#account !== undefined && { account: this.#account }),
    };
  }
}
