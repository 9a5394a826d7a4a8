import { cutOffRun } from "./cut-off";
import { type RunEnd, runEndSchema } from "./run-end";

/** The call does not come from the batch's state machine. */
export class BadReportEvent extends Error {
  override readonly name = "BadReportEvent";
}

/** @throws BadReportEvent naming all faults. */
export function runEnd(event: unknown): RunEnd {
  const cutOff = cutOffRun(event);
  if (cutOff) return cutOff;
  const result = runEndSchema.safeParse(event);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new BadReportEvent(`Expected the end of a batch run, but got: ${faults.join("; ")}`);
}
