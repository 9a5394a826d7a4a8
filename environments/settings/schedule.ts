import { z } from "zod";
import { text } from "./common";

/** The days of the week, as an administrator writes them. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const enabled = z
  .boolean({ error: "true or false" })
  .describe("Whether the batch runs by itself. false: nothing starts.");

const timeZone = z
  .string({ error: "an IANA time zone, for example Europe/Berlin" })
  .refine(isTimeZone, { error: "an IANA time zone, for example Europe/Berlin" })
  .describe("IANA time zone in which the time is meant, for example Europe/Berlin.");

const byDay = z
  .strictObject({
    enabled,
    days: z
      .array(z.enum(weekdays, { error: `one of ${weekdays.join(", ")}` }), { error: "a list of days of the week" })
      .min(1, { error: "at least one day of the week" })
      .describe("Days of the week on which the batch runs."),
    time: text(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day from "00:00" to "23:59", in quotes').describe(
      "Time of day at which the batch starts, HH:MM, in the time zone below.",
    ),
    timeZone,
  })
  .describe("When the batch runs.");

const byCron = z
  .strictObject({
    enabled,
    cron: text(/^\S+( \S+){5}$/, "six fields: minutes hours day-of-month month day-of-week year").describe(
      "EventBridge Scheduler cron fields, for what days and time cannot say: minutes hours day-of-month month day-of-week year.",
    ),
    timeZone,
  })
  .describe("When the batch runs, as a cron expression.");

/**
 * When the batch of uploads runs: either `days` and `time`, or `cron`.
 * Rules: EventBridge Scheduler User Guide, "Schedule types" (60-second precision; a time in a daylight-saving gap is skipped).
 */
export const scheduleSettings = z.union([byDay, byCron]);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
