/** A value that differs: a scalar, a list of scalars, or a whole entry that is new or gone. */
export interface LeafChange {
  /** Keys from the file's top; entries of a list by their name, in brackets. */
  readonly path: readonly string[];
  /** undefined: was not there. */
  readonly before: unknown;
  /** undefined: is no longer there. */
  readonly after: unknown;
}

type Named = { readonly name: string };
type Map = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Map => typeof value === "object" && value !== null && !Array.isArray(value);

const isNamedList = (value: unknown): value is readonly Named[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && typeof item.name === "string");

/** Entries of a list are the same when they have the same name; where they stand in the list says nothing. */
const asMap = (value: readonly Named[]): Map => Object.fromEntries(value.map((item) => [`[${item.name}]`, item]));

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What differs between two values, in the order of the second one's keys. */
export function leafChanges(before: unknown, after: unknown, path: readonly string[] = []): LeafChange[] {
  if (isNamedList(before) || isNamedList(after)) {
    const lists = [before, after].map((value) => (isNamedList(value) ? asMap(value) : {}));
    return leafChanges(lists[0], lists[1], path);
  }
  if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
    return [...keys].flatMap((key) => leafChanges(before[key], after[key], [...path, key]));
  }
  return same(before, after) ? [] : [{ path, before, after }];
}

/** `analytics.groups[image-analysts].access` */
export const pathOf = (path: readonly string[]): string => path.join(".").replaceAll(".[", "[");
