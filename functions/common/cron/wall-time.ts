import { DateTime, IANAZone } from "luxon";

/** What clocks in `timeZone` show at `instant`, written as if it were UTC. */
export function wallTimeOf(instant: Date, timeZone: string): Date {
  const { year, month, day, hour, minute, second } = DateTime.fromJSDate(instant, { zone: timeZone });
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** The instants at which clocks in `timeZone` show `wall`: none in a gap, two where clocks go back, else one; in order. */
export function instantsOf(wall: Date, timeZone: string): Date[] {
  const zone = IANAZone.create(timeZone);
  const day = 24 * 60 * 60 * 1000;
  const offsets = new Set([zone.offset(wall.getTime() - day), zone.offset(wall.getTime() + day)]);
  return [...offsets]
    .map((offset) => ({ offset, time: wall.getTime() - offset * 60_000 }))
    .filter(({ offset, time }) => zone.offset(time) === offset)
    .map(({ time }) => new Date(time))
    .sort((one, other) => one.getTime() - other.getTime());
}

/** The first instant at which clocks in `timeZone` show `wall`; undefined where they skip it. */
export function instantOf(wall: Date, timeZone: string): Date | undefined {
  return instantsOf(wall, timeZone)[0];
}
