import { type Fault, faultText } from "./fault";

/** Faults printed at most; more than these nobody reads. */
const mostPrinted = 60;

/** Environment files with faults: the message holds one a line, `faults` holds all. A user's mistake: print no stack. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(readonly faults: readonly Fault[]) {
    super(faultLines(faults).join("\n"));
  }
}

/** One line a fault, at most 60, then how many more there are. */
export function faultLines(faults: readonly Fault[]): string[] {
  const lines = faults.slice(0, mostPrinted).map(faultText);
  const more = faults.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more ${more === 1 ? "fault" : "faults"}.`] : lines;
}
