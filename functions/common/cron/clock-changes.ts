import { IANAZone } from "luxon";

/** A moment at which the clocks of a time zone are set forward or back. Wall-clock times are written as if they were UTC. */
export interface ClockChange {
  readonly kind: "forward" | "back";
  readonly instant: Date;
  /** First wall-clock time that is skipped or shown twice. */
  readonly from: Date;
  /** First one after it that is not. */
  readonly to: Date;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Every change of the clocks from `from` on, for `years` years, to the minute. */
export function clockChanges(timeZone: string, from: Date, years: number): ClockChange[] {
  const zone = IANAZone.create(timeZone);
  const end = new Date(from);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  const changes: ClockChange[] = [];
  const start = Math.floor(from.getTime() / minute) * minute;
  for (let time = start; time < end.getTime(); time += day) {
    const [before, after] = [zone.offset(time), zone.offset(time + day)];
    if (before === after) continue;
    const instant = moment(zone, time, time + day);
    const walls = [instant + before * minute, instant + after * minute].sort((one, other) => one - other);
    const [earlier = 0, later = 0] = walls;
    changes.push({
      kind: after > before ? "forward" : "back",
      instant: new Date(instant),
      from: new Date(earlier),
      to: new Date(later),
    });
  }
  return changes;
}

/** The first minute in (low, high] whose offset is not that of `low`. */
function moment(zone: IANAZone, low: number, high: number): number {
  const before = zone.offset(low);
  let [same, changed] = [low, high];
  while (changed - same > minute) {
    const middle = same + Math.floor((changed - same) / 2 / minute) * minute;
    if (zone.offset(middle) === before) same = middle;
    else changed = middle;
  }
  return changed;
}
