import type { CheckedFile } from "./check-file";
import type { Fault } from "./faults/fault";
import { faultLines } from "./faults/settings-error";
import { nextRuns, scheduleExpression } from "./schedule";
import type { Environment } from "./schema";
import { environmentWarnings } from "./warnings";

const runsTold = 3;

interface CheckedEnvironment {
  readonly name: string;
  readonly file: string;
  readonly timeZone: string;
  /** The next three starts of the batch, as ISO instants; empty when it is switched off. */
  readonly nextRuns: readonly string[];
  readonly warnings: readonly string[];
}

/** What `settings check` has to say. */
export interface CheckReport {
  readonly environments: readonly CheckedEnvironment[];
  readonly faults: readonly Fault[];
}

/** Sound environments with warnings and next runs, and the faults of the others. */
export function checkReport(files: readonly CheckedFile[], now: Date): CheckReport {
  return {
    environments: files.flatMap(({ file, environment }) => (environment ? [describe(file, environment, now)] : [])),
    faults: files.flatMap(({ faults }) => faults),
  };
}

function describe(file: string, environment: Environment, now: Date): CheckedEnvironment {
  const { name, schedule } = environment;
  const runs = schedule.enabled ? nextRuns(scheduleExpression(schedule), schedule.timeZone, now, runsTold) : [];
  const warnings = environmentWarnings(environment, now);
  return { name, file, timeZone: schedule.timeZone, nextRuns: runs.map((run) => run.toISOString()), warnings };
}

/** Prints the report for people: faults to the error stream. */
export function printReport(report: CheckReport, to: Pick<Console, "log" | "error">): void {
  for (const { file, timeZone, nextRuns: runs, warnings } of report.environments) {
    const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone });
    const told = runs.map((run) => clock.format(new Date(run)));
    const next = told.length > 0 ? `next runs ${told.join("; ")} (${timeZone})` : "no runs, schedule.enabled is false";
    to.log(`${file}: fine; ${next}`);
    for (const warning of warnings) to.log(`  warning: ${warning}`);
  }
  for (const line of faultLines(report.faults)) to.error(line);
}
