import type { Environment } from "./schema";
import { weekdays } from "./settings/schedule";

/** `cron(30 2 ? * MON,TUE *)`: the schedule as EventBridge Scheduler wants it; every day of the week is `cron(30 2 * * ? *)`. */
export function scheduleExpression(schedule: Environment["schedule"]): string {
  if ("cron" in schedule) return `cron(${schedule.cron})`;
  const [hour, minute] = schedule.time.split(":").map(Number);
  const days = weekdays.filter((day) => schedule.days.includes(day));
  const dayFields = days.length === weekdays.length ? "* * ?" : `? * ${days.map(short).join(",")}`;
  return `cron(${minute} ${hour} ${dayFields} *)`;
}

const short = (day: string): string => day.slice(0, 3).toUpperCase();

/**
 * The next `count` (1 or more) instants after `from` (exclusive) at which EventBridge Scheduler starts a schedule; fewer when it ends
 * before, none when it never fires; looks 20 years ahead. A time that the clocks skip is skipped; one they show twice counts once, at the first
 * (EventBridge Scheduler User Guide, "Schedule types").
 * @param expression - `cron(…)`
 * @param timeZone - IANA name
 * @throws RangeError naming the field of the expression, or the time zone, that is wrong
 */
export function nextRuns(expression: string, timeZone: string, from: Date, count: number): Date[] {
  // Loaded only here: most commands read settings without asking when the batch runs.
  const { occurrences } =
    require("../functions/common/cron/occurrences") as typeof import("../functions/common/cron/occurrences");
  const runs: Date[] = [];
  for (const run of occurrences(expression, timeZone, from)) {
    runs.push(run);
    if (runs.length >= count) break;
  }
  return runs;
}
