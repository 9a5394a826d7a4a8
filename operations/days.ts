import { UserError } from "../gitops/user-error";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Longest time that anything is kept (environments/settings/retention.ts). */
const mostDays = 3650;

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

function readDay(option: string, text: string): number {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && dayOf(time) === text) return time;
  throw new UserError(`${option}: expected a day, for example 2026-01-31, but got ${text}.`);
}

/**
 * The days of a period in UTC, as keys hold them (`dt=2026-01-31`).
 * @param until - the last day. @default - today
 * @throws UserError
 */
export function daysOf(since: string, until: string | undefined, now: Date): string[] {
  const first = readDay("--since", since);
  const last = until === undefined ? Date.parse(`${dayOf(now.getTime())}T00:00:00Z`) : readDay("--until", until);
  if (first > last) {
    throw new UserError(`--since: expected a day that is not after ${dayOf(last)}, the last day, but got ${since}.`);
  }
  const count = (last - first) / dayMilliseconds + 1;
  if (count > mostDays)
    throw new UserError(`--since: expected at most ${mostDays} days up to ${dayOf(last)}, but got ${count}.`);
  return Array.from({ length: count }, (_, index) => dayOf(first + index * dayMilliseconds));
}

/** Whether an instant lies in a period of days in UTC; a bound that is left out holds nothing off. @throws UserError */
export function periodOf(since: string | undefined, until: string | undefined): (instant: Date) => boolean {
  const from = since === undefined ? Number.NEGATIVE_INFINITY : readDay("--since", since);
  const to = until === undefined ? Number.POSITIVE_INFINITY : readDay("--until", until) + dayMilliseconds;
  if (from >= to) throw new UserError(`--since: expected a day that is not after ${until}, but got ${since}.`);
  return (instant) => instant.getTime() >= from && instant.getTime() < to;
}
