import { z } from "zod";
import { nearest } from "./nearest";

/** The form of a union that a value was meant to have. */
export interface ChosenForm {
  readonly form: z.ZodType;
  readonly index: number;
  /** Keys that only some forms have and the value has, one entry a form of which there are any. */
  readonly present: readonly (readonly string[])[];
  /** The keys by which each form is told, for example [["days","time"],["cron"]]. */
  readonly told: readonly (readonly string[])[];
}

const keysOf = (form: z.ZodType): string[] => (form instanceof z.ZodObject ? Object.keys(form.shape) : []);

/** A literal such as `mode: provisioned` decides alone; else the keys that are there, misspelt ones counting half. */
export function chooseForm(forms: readonly z.ZodType[], value: unknown): ChosenForm {
  const all = forms.map(keysOf);
  const told = all.map((keys) => keys.filter((key) => !all.every((others) => others.includes(key))));
  const given = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const present = told.map((keys) => keys.filter((key) => given.includes(key))).filter((keys) => keys.length > 0);
  const scores = forms.map((form, index) => {
    if (namesItself(form, value)) return Number.POSITIVE_INFINITY;
    const keys = all[index] ?? [];
    const near = given.filter((key) => !all.flat().includes(key) && nearest(key, keys) !== undefined);
    return given.filter((key) => keys.includes(key)).length + near.length / 2;
  });
  const index = scores.indexOf(Math.max(...scores));
  return { form: forms[index] as z.ZodType, index, present, told };
}

/** Whether a literal of the form, such as `mode: provisioned`, stands in the value. */
function namesItself(form: z.ZodType, value: unknown): boolean {
  if (!(form instanceof z.ZodObject) || typeof value !== "object" || value === null) return false;
  return Object.entries(form.shape).some(([key, schema]) => {
    if (!(schema instanceof z.ZodLiteral) || !Object.hasOwn(value, key)) return false;
    return schema.values.has((value as Record<string, z.core.util.Literal>)[key] ?? null);
  });
}
