import { nextRuns } from "../../environments/schedule";

const unitMilliseconds: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** What of a deployed schedule decides when it runs. */
export interface Timing {
  readonly expression: string;
  /** IANA name. */
  readonly timeZone: string;
  /** From when a `rate(…)` counts. */
  readonly created: Date;
  readonly startsAt: Date | undefined;
  readonly endsAt: Date | undefined;
}

/**
 * The first instant after `after` at which EventBridge Scheduler starts the schedule: `cron(…)` in its time zone,
 * `rate(…)` counted from its start or creation, `at(…)` once. `undefined` when it never runs again.
 * @throws RangeError when the expression is none of the three.
 */
export const nextRun = (timing: Timing, after: Date): Date | undefined => {
  const { startsAt, endsAt } = timing;
  // A run at the very start counts, and `after` is exclusive.
  const from = startsAt && startsAt > after ? new Date(startsAt.getTime() - 1) : after;
  const next = runAfter(timing, from);
  return next && endsAt && next > endsAt ? undefined : next;
};

const runAfter = ({ expression, timeZone, created, startsAt }: Timing, after: Date): Date | undefined => {
  if (expression.startsWith("cron(")) return nextRuns(expression, timeZone, after, 1)[0];
  const [, count, unit = ""] = expression.match(/^rate\((\d+) (minute|hour|day)s?\)$/) ?? [];
  const unitLength = unitMilliseconds[unit];
  if (unitLength !== undefined && Number(count) > 0) {
    const [length, anchor] = [Number(count) * unitLength, (startsAt ?? created).getTime()];
    const runs = Math.max(0, Math.floor((after.getTime() - anchor) / length) + 1);
    return new Date(anchor + runs * length);
  }
  const [, at] = expression.match(/^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/) ?? [];
  if (at === undefined) throw new RangeError(`expected cron(…), rate(…) or at(…), but got ${expression}`);
  const [year, month, day, hour, minute, second = 0] = at.split(/\D/).map(Number);
  const minuteAfter = new Date(after.getTime() - second * 1000);
  const [run] = nextRuns(`cron(${minute} ${hour} ${day} ${month} ? ${year})`, timeZone, minuteAfter, 1);
  return run && new Date(run.getTime() + second * 1000);
};
