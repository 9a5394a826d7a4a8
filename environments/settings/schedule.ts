import { z } from "zod";
import { listOf, text } from "./common";

/** The days of the week, as an administrator writes them. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const enabled = z
  .boolean({ error: "true or false" })
  .describe("Whether the batch runs by itself. false: nothing starts.");

const expectedTimeZone = "an IANA time zone, for example Europe/Berlin";
const timeZone = z
  .string({ error: expectedTimeZone })
  .refine(isTimeZone, { error: expectedTimeZone, params: { nearest: "time zone" } })
  .describe("IANA time zone in which the time is meant, for example Europe/Berlin.");

const byDay = z
  .strictObject({
    enabled,
    days: listOf(z.enum(weekdays, { error: `one of ${weekdays.join(", ")}` }), "a list of days of the week")
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
export const scheduleSettings = z
  .union([byDay, byCron])
  .describe("When the batch of uploads runs: either days and time, or cron.");

/** Names are taken as IANA writes them: what Node forgives (europe/berlin, +02:00) AWS may not. */
function isTimeZone(name: string): boolean {
  try {
    const canonical = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    return /^[A-Za-z]/.test(name) && (canonical === name || canonical.toLowerCase() !== name.toLowerCase());
  } catch {
    return false;
  }
}
