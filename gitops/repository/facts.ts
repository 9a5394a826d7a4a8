/** What holds, in words, and the value of it: `{ "approving reviews": 1 }`. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Something on GitHub that is not as it should be. */
export interface Change {
  /** One line: what it is about, what holds, what will hold. */
  readonly words: string;
}

/** What one part of the repository's settings needs. */
export interface PartChanges {
  readonly changes: readonly Change[];
  /** Makes all of them; nothing is called when there are none. */
  readonly make: () => Promise<void>;
}

/** What differs, one line each; the order of lists says nothing. */
export function differences(about: string, before: Facts | undefined, after: Facts): Change[] {
  return Object.entries(after).flatMap(([fact, wanted]) => {
    const held = before?.[fact];
    if (before !== undefined && spoken(held) === spoken(wanted)) return [];
    const was = held === undefined ? "" : ` (now: ${spoken(held)})`;
    return [{ words: `${about}: ${fact}: ${spoken(wanted)}${was}` }];
  });
}

function spoken(value: Facts[string] | undefined): string {
  if (value === undefined) return "not set";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" || typeof value === "number") return String(value);
  return value.length === 0 ? "none" : [...value].sort().join(", ");
}
