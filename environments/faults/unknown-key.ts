import type { z } from "zod";
import type { Explained } from "./explained";
import type { SettingPath } from "./fault";
import { nearest } from "./nearest";
import { formsAt, knownKeys, pathsOf, schemaAt } from "./schema-walk";
import { valueAt } from "./value-at";

/** A key no setting has: misspelt, in the wrong place, or of another form of the section. */
export function unknownKeyFault(schema: z.ZodType, value: unknown, parent: SettingPath, key: string): Explained {
  const here = schemaAt(schema, value, parent);
  const known = here ? knownKeys(here) : [];
  const section = valueAt(value, parent);
  const free = known.filter((name) => typeof section === "object" && section !== null && !Object.hasOwn(section, name));
  const fault = {
    path: [...parent, key],
    atKey: true,
    expected: `one of the keys ${known.join(", ")}`,
    came: `got ${JSON.stringify(key)} (unknown key)`,
  };
  const otherForm = (formsAt(schema, value, parent) ?? []).some((form) => knownKeys(form).includes(key));
  if (otherForm) {
    const mode = (section as Record<string, unknown>).mode;
    const came = mode === undefined ? fault.came : `got ${JSON.stringify(key)} (not a key with mode: ${mode})`;
    return { ...fault, came, toDo: mode === undefined ? "Remove it." : "Remove it, or change the mode." };
  }
  const meant = nearest(key, free);
  if (meant) return { ...fault, toDo: `Did you mean ${meant}?`, instead: [...parent, meant] };
  const elsewhere = pathsOf(schema, key)[0];
  return { ...fault, toDo: elsewhere ? `Did you mean ${elsewhere}? Move it there.` : "Remove it." };
}
