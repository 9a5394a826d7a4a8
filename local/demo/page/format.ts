const units = ["bytes", "KiB", "MiB", "GiB"] as const;

/** `1.4 MiB` */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `2026-01-31 02:30 UTC` */
export const utcText = (instant: Date): string => `${instant.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** `Sat 2026-01-31 02:30 Europe/Berlin` */
export function zonedText(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("weekday")} ${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")} ${timeZone}`;
}

/** `1,203,000` */
export const numberText = (value: number): string => value.toLocaleString("en-US");
