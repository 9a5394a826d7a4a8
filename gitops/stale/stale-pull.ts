import type { PlannedAgain } from "./plan-again";

/** What became of one open pull request with a plan of the environment. */
export interface StalePull {
  readonly pullRequest: number;
  /** Empty when its plans are current. */
  readonly reasons: readonly string[];
  /** Nothing for a current one. */
  readonly again?: PlannedAgain;
  /** What could not be told. */
  readonly faults: readonly string[];
}
