/** `5.0 MiB`. */
export const mebibytes = (bytes) => `${(bytes / 1048576).toFixed(1)} MiB`;

/** `26 November 2026` in UTC, where S3's days end. */
export const dayInUtc = (instant) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(instant));

/** `Thursday, 26 November 2026 at 03:30`. */
export const momentIn = (instant, timeZone) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone }).format(new Date(instant));

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** `in 9 hours`. */
export function fromNow(milliseconds) {
  const [unit, length] = units.find(([, size]) => milliseconds >= size) ?? units[2];
  return new Intl.RelativeTimeFormat("en-GB").format(Math.max(1, Math.round(milliseconds / length)), unit);
}
