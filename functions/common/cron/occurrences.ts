import { Cron } from "croner";
import { IANAZone } from "luxon";
import { cronFaults } from "./fields";
import { instantOf, wallTimeOf } from "./wall-time";

/**
 * The wall-clock times after `wall` (exclusive) that match an EventBridge Scheduler expression, as UTC dates: croner runs
 * in UTC, where no time is skipped or repeated, so that daylight saving is decided in one place, `occurrences`.
 * @throws RangeError saying what is wrong with the expression
 */
export function* wallClockMatches(expression: string, wall: Date): Generator<Date> {
  const cron = cronFields(expression);
  // croner knows Quartz's numbers of weekdays (Sunday is 1) but not a lone L, the last day of the week, in that field.
  const fields = cron.split(/\s+/).map((field, index) => (index === 4 && field.toUpperCase() === "L" ? "SAT" : field));
  const schedule = new Cron(`0 ${fields.join(" ")}`, {
    timezone: "UTC",
    paused: true,
    mode: "7-part",
    alternativeWeekdays: true,
    domAndDow: true,
    sloppyRanges: true,
  });
  for (let next = schedule.nextRun(wall); next; next = schedule.nextRun(next)) yield next;
}

/** Years ahead in which occurrences are looked for: a schedule of gaps alone would else be followed to the year 9999. */
const horizonYears = 20;

/** Every instant after `from` (exclusive) at which the schedule starts, in order, for 20 years. @throws RangeError */
export function* occurrences(expression: string, timeZone: string, from: Date): Generator<Date> {
  if (!IANAZone.isValidZone(timeZone)) throw new RangeError(`${timeZone}: expected an IANA time zone`);
  // Where clocks go back, `from` may be a time of day that has been passed once already; start before it and skip.
  const start = new Date(Math.floor(from.getTime() / 60_000) * 60_000 - 60_000);
  const lastYear = from.getUTCFullYear() + horizonYears;
  for (const wall of wallClockMatches(expression, wallTimeOf(start, timeZone))) {
    if (wall.getUTCFullYear() > lastYear) return;
    const instant = instantOf(wall, timeZone);
    if (instant && instant > from) yield instant;
  }
}

function cronFields(expression: string): string {
  const cron = /^cron\((.*)\)$/.exec(expression.trim())?.[1];
  if (cron === undefined) throw new RangeError(`${expression}: expected cron(…) with six fields`);
  const faults = cronFaults(cron);
  if (faults.length > 0) throw new RangeError(`${expression}: ${faults.join("; ")}`);
  return cron.trim();
}
