import type { ObjectStore } from "../object-store";
import type { RunReport } from "../report";

/** The schedule as it is deployed. */
export interface DeployedSchedule {
  readonly name: string;
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  readonly expression: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  /** The next runs, soonest first. */
  readonly next: readonly Date[];
}

/** A run of the batch that is asked for on the page. */
export interface BatchStatus {
  readonly state: "unavailable" | "idle" | "running";
  /** What the run is at, or what came of the last one. */
  readonly note?: string;
}

/** Where a photograph comes from; shown on the page as its licence asks. */
export interface Credit {
  readonly file: string;
  readonly shows: string;
  readonly author: string;
  readonly licence: string;
  readonly source: string;
}

/** What the page shows, read anew at each request. */
export interface PageData {
  readonly store: ObjectStore;
  readonly buckets: { readonly uploads: string; readonly processed: string; readonly quarantine: string };
  report(): RunReport;
  schedule(): Promise<DeployedSchedule | undefined>;
  readonly batch: { readonly status: BatchStatus; start(): void };
  /** Folder of plan outputs, `*.txt`. */
  readonly plansFolder: string;
  readonly credits: readonly Credit[];
}
