import type { z } from "zod";

/** What to write where a whole number is wanted: the number in the text, the nearest whole one, or the nearest end of the range. */
export function numberAdvice(value: unknown, schema: z.ZodNumber): string {
  const minimum = schema.minValue ?? Number.MIN_SAFE_INTEGER;
  const maximum = schema.maxValue ?? Number.MAX_SAFE_INTEGER;
  const within = (number: number): boolean => number >= minimum && number <= maximum;
  if (typeof value === "string") {
    const digits = /^\s*[+-]?\d[\d_,' ]*/.exec(value)?.[0] ?? "";
    const number = digits.trim() === "" ? Number.NaN : Number(digits.replace(/[_,' ]/g, ""));
    if (!within(number)) return `Write a number from ${minimum} to ${maximum}, without quotes.`;
    return digits === value ? `Write it without quotes: ${number}.` : `Write the number alone: ${number}.`;
  }
  if (typeof value !== "number" || Number.isNaN(value)) return `Write a number from ${minimum} to ${maximum}.`;
  if (value < minimum) return `Write ${minimum} or more.`;
  if (value > maximum) return `Write ${maximum} or less.`;
  return `Write ${[Math.floor(value), Math.ceil(value)].filter(within).join(" or ")}.`;
}
