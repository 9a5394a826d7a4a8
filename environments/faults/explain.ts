import type { z } from "zod";
import { advice } from "./advice";
import type { Explained } from "./explained";
import type { SettingFault, SettingPath } from "./fault";
import { formFaults } from "./form-faults";
import { knownKeys, schemaAt } from "./schema-walk";
import { unknownKeyFault } from "./unknown-key";
import { valueAt } from "./value-at";

type Issue = z.core.$ZodIssue;

/** Every fault zod found in `value`, in the administrator's words; a misspelt key is one fault, not an unknown and a missing one. */
export function explainIssues(schema: z.ZodType, value: unknown, issues: readonly Issue[]): SettingFault[] {
  const faults = issues.flatMap((issue) => explainIssue(schema, value, issue, []));
  const meant = new Set(faults.flatMap(({ instead }) => (instead ? [JSON.stringify(instead)] : [])));
  const seen = new Set<string>();
  return faults.filter((fault) => {
    const place = JSON.stringify([fault.path, fault.atKey === true]);
    if (seen.has(place) || (!fault.atKey && meant.has(JSON.stringify(fault.path)))) return false;
    seen.add(place);
    return true;
  });
}

function explainIssue(schema: z.ZodType, value: unknown, issue: Issue, parent: SettingPath): Explained[] {
  const path = [...parent, ...(issue.path as SettingPath)];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKeyFault(schema, value, path, key));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    return formFaults(schema, value, path, (index) =>
      (issue.errors[index] ?? []).flatMap((inner) => explainIssue(schema, value, inner, path)),
    );
  }
  if (issue.code === "invalid_key") {
    const expected = issue.issues[0]?.message ?? issue.message;
    const key = String(path.at(-1));
    return [{ path, atKey: true, expected, came: `got ${JSON.stringify(key)} (key)`, toDo: "Rename it." }];
  }
  return [
    {
      path,
      expected: expectation(schema, value, issue, path),
      toDo: advice(schema, value, issue, path),
    },
  ];
}

/** The words of the schema; where it has none (a whole section), which keys a map is made of. */
function expectation(schema: z.ZodType, value: unknown, issue: Issue, path: SettingPath): string {
  if (!issue.message.startsWith("Invalid input")) return issue.message;
  const here = schemaAt(schema, value, path);
  const keys = here ? knownKeys(here) : [];
  if (keys.length > 0) return `a map with ${keys.join(", ")}`;
  return valueAt(value, path) === undefined ? "a value" : issue.message.replace("Invalid input: expected ", "a ");
}
