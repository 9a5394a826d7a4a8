import { DateTime } from "luxon";
import { nextRuns, scheduleExpression } from "../../../environments/schedule";
import type { Environment } from "../../../environments/schema";
import { weekdays } from "../../../environments/settings/schedule";
import { listed } from "./words";

const runsTold = 3;
/** Sat 28 Mar, 04:15 */
const clock = "ccc d LLL, HH:mm";

/** When the batch runs from now on, with its next runs by the administrator's clock and in UTC. */
export function scheduleWords({ name, schedule }: Environment, now: Date): string {
  if (!schedule.enabled) return `The batch of ${name} no longer runs by itself: uploads wait until it is switched on.`;
  const { timeZone } = schedule;
  const when =
    "cron" in schedule
      ? `by cron(${schedule.cron})`
      : `${schedule.days.length === weekdays.length ? "every day" : `on ${listed(weekdays.filter((day) => schedule.days.includes(day)).map(capital))}`} at ${schedule.time}`;
  const runs = nextRuns(scheduleExpression(schedule), timeZone, now, runsTold);
  const told = runs.map((run) => {
    const utc = DateTime.fromJSDate(run, { zone: "utc" }).setLocale("en-US");
    return `${utc.setZone(timeZone).toFormat(clock)} (${utc.toFormat("HH:mm")} UTC)`;
  });
  return `The batch of ${name} runs ${when}, ${timeZone}. Next: ${told.join("; ")}.`;
}

const capital = (day: string): string => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`;
