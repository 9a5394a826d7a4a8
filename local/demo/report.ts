import type { Reconciliation } from "./account";

/** One step of a run, as the report shows it. */
export interface StepReport {
  readonly name: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  /** Time it took, once it has ended. */
  readonly seconds?: number;
  /** What it is at, or what came of it. */
  readonly note?: string;
}

/** A run of `npm start`, while it runs and afterwards. */
export interface RunReport {
  readonly runId: string;
  readonly state: "running" | "complete" | "failed";
  readonly startedAt: string;
  readonly steps: readonly StepReport[];
  /** Addresses of the web apps, once they answer. */
  readonly appUrls?: { readonly stream: string; readonly upload: string };
  /** Seconds until servers were up and the account was as the environment file says. */
  readonly readySeconds?: number;
  /** Images per second that ended in this run, from the first that was sent to the last that ended. */
  readonly imagesPerSecond?: number;
  readonly account?: Reconciliation;
}
