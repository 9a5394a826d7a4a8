/** One of the six fields of an EventBridge Scheduler cron expression. */
interface CronField {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Names that stand for numbers from `minimum` on. */
  readonly names?: readonly string[];
  /** Wildcards beside `,` `-` `*`. */
  readonly wildcards: string;
}

/** EventBridge User Guide, "Cron expressions reference"; Sunday is 1. */
const fields: readonly CronField[] = [
  { name: "minutes", minimum: 0, maximum: 59, wildcards: "/" },
  { name: "hours", minimum: 0, maximum: 23, wildcards: "/" },
  { name: "day of month", minimum: 1, maximum: 31, wildcards: "?/LW" },
  {
    name: "month",
    minimum: 1,
    maximum: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    wildcards: "/",
  },
  {
    name: "day of week",
    minimum: 1,
    maximum: 7,
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    wildcards: "?L#",
  },
  { name: "year", minimum: 1970, maximum: 2199, wildcards: "/" },
];

/** What is wrong with the six fields of a cron expression, one sentence a fault; none when it is right. */
export function cronFaults(cron: string): string[] {
  const texts = cron.trim().split(/\s+/);
  if (texts.length !== fields.length) return [`six fields are wanted, there are ${texts.length}`];
  const faults = fields.flatMap((field, index) => {
    const text = texts[index] ?? "";
    return isField(field, text) ? [] : [`${field.name} cannot be ${text} (${rangeOf(field)})`];
  });
  const [dayOfMonth, dayOfWeek] = [texts[2], texts[4]];
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    faults.push("exactly one of day of month and day of week is ?");
  }
  return faults;
}

const rangeOf = ({ minimum, maximum, names }: CronField): string =>
  `${minimum} to ${maximum}${names ? ` or ${names[0]} to ${names.at(-1)}` : ""}`;

function isField(field: CronField, text: string): boolean {
  if (text === "?") return field.wildcards.includes("?");
  const parts = text.split(",");
  // "If you use #, the day-of-week field has only one expression."
  if (text.includes("#") && parts.length > 1) return false;
  return parts.every((part) => isPart(field, part));
}

/** One expression of a comma-separated field. */
function isPart(field: CronField, part: string): boolean {
  const allowed = (wildcard: string): boolean => field.wildcards.includes(wildcard);
  if (isRange(field, part)) return true;
  if (part === "L") return allowed("L");
  if (part === "LW") return allowed("W");
  const [, base = "", wildcard = "", argument = ""] = /^([\w*-]+?)([/#]|W$|L$)(\d*)$/.exec(part) ?? [];
  if (!allowed(wildcard) || wildcard === "") return false;
  if (wildcard === "/") return isRange(field, base) && Number(argument) > 0;
  if (numberOf(field, base) === undefined) return false;
  if (wildcard === "#") return /^[1-5]$/.test(argument);
  return wildcard === "W" || field.name === "day of week";
}

function isRange(field: CronField, text: string): boolean {
  if (text === "*") return true;
  const [from, to] = text.split("-").map((end) => numberOf(field, end));
  if (text.split("-").length > 2 || from === undefined) return false;
  return text.includes("-") ? to !== undefined && from <= to : true;
}

function numberOf({ names, minimum, maximum }: CronField, text: string): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + minimum;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= minimum && value <= maximum ? value : undefined;
}
