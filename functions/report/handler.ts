import { prefixes } from "../common/layout";
import { sumUp } from "./children";
import { runEnd } from "./event";
import type { ResultStore } from "./result-store";
import { type ChildCounts, type ImageCounts, Tally } from "./tally";

/** `batch-runs/<run>/report.json` of the logs bucket. Instants are ISO 8601 in UTC. */
export interface RunReport {
  readonly reportVersion: 1;
  /** Name of the execution. */
  readonly run: string;
  readonly state: "succeeded" | "failed";
  readonly startedAt: string;
  readonly endedAt: string;
  /** What was taken; not there when the run was cut off. */
  readonly listed?: { readonly bucket: string; readonly prefix: string };
  readonly images: ImageCounts;
  readonly children: ChildCounts;
  /** false: the run failed before its children's results were written, so that the counts say nothing. */
  readonly counted: boolean;
  /** Why the first children failed, ten at most. */
  readonly failures: readonly string[];
  /** Why the run failed. */
  readonly failure?: { readonly error: string; readonly cause: string };
}

/** What the state machine's output says of the report. */
export interface ReportAnswer {
  readonly report: { readonly bucket: string; readonly key: string };
  readonly images: ImageCounts;
}

interface ReportDependencies {
  readonly bucket: string;
  readonly store: ResultStore;
  now(): Date;
}

/** Where a run's report and its children's results lie. */
export const runPrefix = (run: string): string => `${prefixes.batchRuns}${run}/`;
export const reportKey = (run: string): string => `${runPrefix(run)}report.json`;

/**
 * Sums up a run that ends, well or not, and writes its report.
 * @throws BadReportEvent
 */
export async function writeReport(event: unknown, { bucket, store, now }: ReportDependencies): Promise<ReportAnswer> {
  const end = runEnd(event);
  const tally = new Tally();
  const found = await sumUp(end, runPrefix(end.run), store, tally);
  const { images, children, failures } = tally.result();
  const { Error: error = "unknown", Cause: cause = "" } = end.failure ?? {};
  const report: RunReport = {
    reportVersion: 1,
    run: end.run,
    state: end.state,
    startedAt: new Date(end.startedAt).toISOString(),
    endedAt: now().toISOString(),
    ...(end.listed && { listed: end.listed }),
    images,
    children,
    counted: found || end.state === "succeeded",
    failures,
    ...(end.failure && { failure: { error, cause } }),
  };
  const key = reportKey(end.run);
  await store.write(key, report);
  return { report: { bucket, key }, images };
}
