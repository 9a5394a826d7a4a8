import type { z } from "zod";
import type { Explained } from "./explained";
import type { SettingPath } from "./fault";
import { formsAt } from "./schema-walk";
import { chooseForm } from "./union-forms";
import { valueAt } from "./value-at";

/**
 * Faults of a setting that has several forms (a schedule by days or by cron): says which forms there are when none or
 * several are there, else explains the form that was meant.
 */
export function formFaults(
  schema: z.ZodType,
  value: unknown,
  path: SettingPath,
  faultsOf: (form: number) => Explained[],
): Explained[] {
  const here = valueAt(value, path);
  const { index, present, told } = chooseForm(formsAt(schema, value, path) ?? [], here);
  const forms = told.map((keys) => keys.join(" and ")).join(told.some((keys) => keys.length > 1) ? ", or " : " or ");
  const expected = `either ${forms}`;
  if (typeof here !== "object" || here === null || Array.isArray(here)) {
    return [{ path, expected, toDo: `Write ${forms} on the lines below it, indented.` }];
  }
  const faults = faultsOf(index);
  const aboutChoice = (fault: Explained): boolean =>
    told.flat().includes(String(fault.path[path.length])) &&
    (fault.atKey === true || valueAt(value, fault.path) === undefined);
  const others = faults.filter((fault) => !aboutChoice(fault));
  if (present.length > 1) {
    const place = [...path, present[1]?.[0] ?? ""];
    const came = `got ${present.flat().join(", ")}`;
    return [{ path: place, atKey: true, expected, came, toDo: "Keep one of the two, remove the other." }, ...others];
  }
  if (present.length === 0 && !faults.some(({ instead }) => instead)) {
    return [{ path, atKey: true, expected, came: "got neither", toDo: `Add ${forms}.` }, ...others];
  }
  return faults;
}
