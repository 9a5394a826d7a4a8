import type { Conditions } from "./conditions";
import { like } from "./pattern";
import type { Request, Statement } from "./simulate";

type Found = Record<string, string | readonly string[]>;

/** What a condition of a refusal leaves: a request with these values is not refused by it. */
const left: Readonly<Record<string, (wanted: readonly string[]) => string | readonly string[] | undefined>> = {
  "ForAnyValue:StringNotLike": (wanted) => wanted.find((value) => value !== "system") ?? wanted[0],
  "ForAnyValue:StringNotEquals": (wanted) => wanted,
  NumericGreaterThan: ([most]) => most,
  NumericGreaterThanIfExists: ([most]) => most,
  StringNotEquals: ([value]) => value,
  ArnNotEquals: ([value]) => value,
  ArnNotLike: ([pattern]) => pattern?.replaceAll("*", "x"),
};

const list = (value: string | readonly string[] | undefined) => (typeof value === "string" ? [value] : (value ?? []));

/**
 * The condition keys that a request has to carry lest a refusal meets it, with values that are let through: what the starter notebooks
 * send by themselves. Keys of grants are not made up.
 */
export function properKeys(statements: readonly Statement[], { action, resource }: Request): Found {
  const none = new Map<string, readonly string[]>();
  const found: Found = {};
  for (const { Effect, Action, Resource, Condition = {} as Conditions } of statements) {
    const named = (patterns: string | readonly string[] | undefined, value: string, ignoreCase: boolean) =>
      list(patterns).some((pattern) => like(pattern, value, none, ignoreCase) === true);
    if (Effect !== "Deny" || !named(Action, action, true) || !named(Resource, resource, false)) continue;
    for (const [operator, tests] of Object.entries(Condition)) {
      for (const [key, wanted] of Object.entries(tests)) {
        const value = left[operator]?.(list(wanted));
        if (value !== undefined) found[key] ??= value;
      }
    }
  }
  return found;
}
