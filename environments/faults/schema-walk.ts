import { z } from "zod";
import type { SettingPath } from "./fault";
import { chooseForm } from "./union-forms";
import { valueAt } from "./value-at";

/** The schema without `.optional()`. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap() as z.ZodType) : schema;
}

/** Keys a map of this schema may have; none where it is no map, or where any key is allowed. */
export function knownKeys(schema: z.ZodType): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/**
 * The schema of the setting at `path`; where a setting has several forms, the form `value` (of the whole file) has.
 * Undefined where the schema knows no such setting.
 */
export function schemaAt(root: z.ZodType, value: unknown, path: SettingPath): z.ZodType | undefined {
  const schema = anySchemaAt(root, value, path);
  return schema && formOf(schema, valueAt(value, path));
}

/** The forms the setting at `path` may have; undefined where it has only one. */
export function formsAt(root: z.ZodType, value: unknown, path: SettingPath): readonly z.ZodType[] | undefined {
  const schema = anySchemaAt(root, value, path);
  return schema instanceof z.ZodUnion ? (schema.options as readonly z.ZodType[]) : undefined;
}

function anySchemaAt(root: z.ZodType, value: unknown, path: SettingPath): z.ZodType | undefined {
  let schema: z.ZodType | undefined = unwrapped(root);
  path.forEach((step, index) => {
    schema = schema && stepInto(formOf(schema, valueAt(value, path.slice(0, index))), step);
  });
  return schema;
}

function formOf(schema: z.ZodType, value: unknown): z.ZodType {
  if (!(schema instanceof z.ZodUnion)) return schema;
  return chooseForm(schema.options as readonly z.ZodType[], value).form;
}

function stepInto(schema: z.ZodType, step: string | number): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>;
    return Object.hasOwn(shape, step) ? unwrapped(shape[step] as z.ZodType) : undefined;
  }
  if (schema instanceof z.ZodArray) return unwrapped(schema.element as z.ZodType);
  return undefined;
}

/** Where in the file a key of this name belongs: `["retention.logDays"]`. */
export function pathsOf(schema: z.ZodType, key: string, parent = ""): string[] {
  const here = unwrapped(schema);
  if (here instanceof z.ZodUnion) return (here.options as z.ZodType[]).flatMap((form) => pathsOf(form, key, parent));
  if (!(here instanceof z.ZodObject)) return [];
  return Object.entries(here.shape as Record<string, z.ZodType>).flatMap(([name, inner]) => {
    const path = parent === "" ? name : `${parent}.${name}`;
    return [...(name === key ? [path] : []), ...pathsOf(inner, key, path)];
  });
}
