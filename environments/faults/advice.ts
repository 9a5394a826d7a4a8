import { z } from "zod";
import type { SettingPath } from "./fault";
import { nearest } from "./nearest";
import { numberAdvice } from "./number-advice";
import { schemaAt } from "./schema-walk";
import { valueAt } from "./value-at";

type Issue = z.core.$ZodIssue;
type Expecting = z.core.$ZodIssueInvalidType;

/** What to do about an issue, as whole sentences that end in a full stop or a question mark. */
export function advice(schema: z.ZodType, whole: unknown, issue: Issue, path: SettingPath): string {
  const value = valueAt(whole, path);
  const key = String(path.at(-1));
  if (value === undefined) {
    return path.length > 1
      ? `Add "${key}:" under ${path.slice(0, -1).findLast((step) => typeof step === "string")}.`
      : `Add "${key}:".`;
  }
  if (value === null) return nothingAdvice(schemaAt(schema, whole, path), path);
  if (issue.code === "custom") return customAdvice(issue.params ?? {}, value);
  if (issue.code === "invalid_value" || issue.code === "invalid_union") return choiceAdvice(optionsOf(issue), value);
  if (issue.code === "too_small" && Array.isArray(value)) return "Add one.";
  const at = schemaAt(schema, whole, path);
  if (at instanceof z.ZodNumber) return numberAdvice(value, at);
  if (issue.code === "invalid_type") return typeAdvice(issue.expected, value);
  return textAdvice(value, path);
}

function nothingAdvice(at: z.ZodType | undefined, path: SettingPath): string {
  if (path.length === 0) return "Copy another environment's file and change it.";
  if (at instanceof z.ZodObject || at instanceof z.ZodRecord)
    return "Write its settings on the lines below it, indented.";
  return "Write a value after the colon.";
}

function optionsOf(issue: z.core.$ZodIssueInvalidValue | z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return issue.code === "invalid_value" ? issue.values : "options" in issue ? (issue.options ?? []) : [];
}

function choiceAdvice(options: readonly unknown[], value: unknown): string {
  const numbers = options.filter((option) => typeof option === "number");
  if (numbers.length > 0) {
    const number = typeof value === "string" ? Number.parseFloat(value) : value;
    if (typeof number !== "number" || Number.isNaN(number)) return "Write one of these numbers, without quotes.";
    const lower = numbers.findLast((option) => option <= number);
    const higher = numbers.find((option) => option >= number);
    const near = [...new Set([lower, higher])].filter((option) => option !== undefined);
    return `Write ${near.join(" or ")}.`;
  }
  const words = options.map(String);
  const meant = typeof value === "string" ? nearest(value, words) : undefined;
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return words.length === 1 ? `Write ${words[0]}.` : "Choose one of these.";
}

function customAdvice(params: Readonly<Record<string, unknown>>, value: unknown): string {
  if (typeof params.advice === "string") return params.advice;
  const meant = typeof value === "string" ? nearest(value, Intl.supportedValuesOf("timeZone")) : undefined;
  return meant ? `Did you mean ${meant}?` : "Write a name of the IANA time zone database, as Area/City.";
}

function typeAdvice(expected: Expecting["expected"], value: unknown): string {
  if (expected === "string" && typeof value !== "object") return "Put it in quotes.";
  if (expected === "boolean") {
    if (/^(yes|on|true|y)$/i.test(String(value))) return "Write true.";
    if (/^(no|off|false|n)$/i.test(String(value))) return "Write false.";
    return "Write true or false, without quotes.";
  }
  if (expected === "array") {
    return typeof value === "object" ? "Write it as a list." : `Write it as a list: [${value}].`;
  }
  if (expected === "object" || expected === "record") return "Write its settings on the lines below it, indented.";
  return "Write a single value.";
}

function textAdvice(value: unknown, path: SettingPath): string {
  if (typeof value !== "string") return "Write it as described.";
  if (value !== value.trim()) return "Remove the spaces around it.";
  if (path.at(-1) === "time" && /^\d:\d\d$/.test(value)) return `Write "0${value}".`;
  return "See docs/settings.md.";
}
