import { isDeepStrictEqual } from "node:util";
import { redactAttribute } from "../redact/redact-attribute";

/** One attribute before and after; values as JSON, or `(sensitive)`, `(secret)`, `(known after apply)`, `(none)`. */
export interface AttributeChange {
  /** For example `rule[0].expiration[0].days`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The resource is replaced because of this attribute. */
  readonly forcesReplacement: boolean;
}

/** Stands for a value that AWS chooses when the change is made. */
export const knownAfterApply = "(known after apply)";

/** A change as in Terraform's JSON plans. */
export interface RawChange {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[] | undefined;
}

type Path = readonly (string | number)[];

/**
 * The attributes that differ, down to the deepest level, in the order of the provider's schema. A value is masked as
 * soon as Terraform marks it, or anything around it, as sensitive.
 * @param whole name under which the value as a whole is compared, for outputs.
 */
export function attributeChanges(change: RawChange, whole?: string): AttributeChange[] {
  if (whole === undefined) return compare([], change, change.replace_paths ?? []);
  return [leaf([whole], change, [])];
}

function compare(path: Path, change: RawChange, replacing: readonly Path[]): AttributeChange[] {
  const { before, after, after_unknown: unknown, before_sensitive, after_sensitive } = change;
  if (before_sensitive === true || after_sensitive === true || unknown === true) {
    const same = unknown !== true && isDeepStrictEqual(before, after);
    return same ? [] : [leaf(path, change, replacing)];
  }
  // Policies and definitions travel as JSON in a string; as a whole nobody could see what differs.
  const [one, other] = [before, after].map(document);
  if (one !== undefined && other !== undefined) {
    return compare(path, { ...change, before: one, after: other }, replacing);
  }
  const keys = keysOf(before, after);
  if (keys === undefined)
    return isDeepStrictEqual(before, after) && !hasUnknown(unknown) ? [] : [leaf(path, change, replacing)];
  return keys.flatMap((key) =>
    compare(
      [...path, key],
      {
        before: at(before, key),
        after: at(after, key),
        after_unknown: at(unknown, key),
        before_sensitive: at(before_sensitive, key),
        after_sensitive: at(after_sensitive, key),
      },
      replacing,
    ),
  );
}

function leaf(path: Path, change: RawChange, replacing: readonly Path[]): AttributeChange {
  // What was sensitive on one side is, more often than not, the same secret on the other.
  const sensitive = [change.before_sensitive, change.after_sensitive];
  const name = path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join("");
  return {
    path: name,
    before: redactAttribute(name, text(change.before, sensitive)),
    after: hasUnknown(change.after_unknown) ? knownAfterApply : redactAttribute(name, text(change.after, sensitive)),
    forcesReplacement: replacing.some((prefix) => prefix.every((key, index) => path[index] === key)),
  };
}

/** Keys of both values, where both are lists or both are objects; an absent one has no keys of its own. */
function keysOf(before: unknown, after: unknown): (string | number)[] | undefined {
  if (Array.isArray(before) && Array.isArray(after)) {
    // Lists of plain values read better as a whole.
    if (![...before, ...after].some((item) => typeof item === "object" && item !== null)) return undefined;
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
  }
  if (isObject(before) && isObject(after)) return [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return undefined;
}

function at(value: unknown, key: string | number): unknown {
  if (value === true) return true;
  return value !== null && typeof value === "object" ? (value as Record<string | number, unknown>)[key] : undefined;
}

/** What a string holds as a JSON document; undefined when it is anything else. */
function document(value: unknown): object | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as object;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Terraform marks with `true`, at any depth. */
function hasUnknown(mark: unknown): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  return Object.values(mark).some(hasUnknown);
}

const hasSensitive = hasUnknown;

function text(value: unknown, sensitive: unknown): string {
  if (value === null || value === undefined) return "(none)";
  return hasSensitive(sensitive) ? "(sensitive)" : JSON.stringify(value);
}
