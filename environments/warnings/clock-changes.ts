import type { ClockChange } from "../../functions/common/cron/clock-changes";
import { scheduleExpression } from "../schedule";
import type { Environment } from "../schema";

const years = 2;

/**
 * Runs that a change of the clocks skips, with their dates in the next two years, and, once, that a time shown twice runs
 * once (EventBridge Scheduler User Guide, "Schedule types": daylight saving time).
 */
export function clockChangeWarnings({ schedule }: Pick<Environment, "schedule">, from: Date): string[] {
  if (!schedule.enabled) return [];
  const { clockChanges } =
    require("../../functions/common/cron/clock-changes") as typeof import("../../functions/common/cron/clock-changes");
  const { wallClockMatches } =
    require("../../functions/common/cron/occurrences") as typeof import("../../functions/common/cron/occurrences");
  const expression = scheduleExpression(schedule);
  const touched = clockChanges(schedule.timeZone, from, years).flatMap((change) => {
    const [first] = wallClockMatches(expression, new Date(change.from.getTime() - 1000));
    return first && first < change.to ? [{ ...change, run: first }] : [];
  });
  const path = "cron" in schedule ? "schedule.cron" : "schedule.time";
  const skipped = touched.filter(({ kind }) => kind === "forward");
  const repeated = touched.filter(({ kind }) => kind === "back");
  const zone = schedule.timeZone;
  return [
    ...skipped.slice(0, 1).map((gap) => {
      const change = `the clocks in ${zone} go from ${clock(gap.from)} to ${clock(gap.to)}`;
      const advice = `Choose a time before ${clock(gap.from)} or from ${clock(gap.to)} on.`;
      return `${path}: ${clock(gap.run)} does not exist on ${dates(skipped)}, when ${change}: the batch is skipped. ${advice}`;
    }),
    ...repeated.slice(0, 1).map((overlap) => {
      const change = `the clocks in ${zone} show ${clock(overlap.run)} twice on ${dates(repeated)}`;
      return `${path}: ${change}: the batch runs once, at the first.`;
    }),
  ];
}

const clock = (wall: Date): string => wall.toISOString().slice(11, 16);

const dates = (changes: readonly (ClockChange & { readonly run: Date })[]): string =>
  changes.map(({ run }) => run.toISOString().slice(0, 10)).join(" and ");
