import { occurrences } from "../../functions/common/cron/occurrences";
import type { UploadSettings } from "./settings";

/** When uploads are processed. */
export interface NextBatch {
  /** Whether the batch runs by itself. */
  readonly enabled: boolean;
  /** ISO instant; none when it is switched off, or its last run is over. */
  readonly next?: string;
  /** The administrator's, in which the schedule is meant. */
  readonly timeZone: string;
}

/** The next run after `now`, as EventBridge Scheduler has it. */
export function nextBatch(
  settings: Pick<UploadSettings, "SCHEDULE_ENABLED" | "SCHEDULE_EXPRESSION" | "SCHEDULE_TIME_ZONE">,
  now: Date,
): NextBatch {
  const { SCHEDULE_ENABLED: enabled, SCHEDULE_EXPRESSION, SCHEDULE_TIME_ZONE: timeZone } = settings;
  if (!enabled) return { enabled, timeZone };
  const [next] = occurrences(SCHEDULE_EXPRESSION, timeZone, now);
  return next === undefined ? { enabled, timeZone } : { enabled, next: next.toISOString(), timeZone };
}
