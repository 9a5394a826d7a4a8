import { describeValue } from "./faults/describe-value";
import { explainIssues } from "./faults/explain";
import { type Fault, pathText, type SettingFault } from "./faults/fault";
import { valueAt } from "./faults/value-at";
import { ruleFaults } from "./rules";
import { type Environment, type EnvironmentSettings, environmentSchema } from "./schema";
import { readYaml } from "./yaml-file";

/** One environment file, checked: its settings, or what is wrong with them. */
export type CheckedFile =
  | { readonly file: string; readonly name: string; readonly environment: Environment; readonly faults: readonly [] }
  | { readonly file: string; readonly name: string; readonly environment?: never; readonly faults: readonly Fault[] };

/**
 * Checks the text of one environment file: YAML, schema, then the rules between settings, as far as the sections they
 * speak of are sound. Never throws.
 * @param file - as it is to be named in faults
 * @param now - the day from which a schedule has to fire
 */
export function checkFile(file: string, name: string, text: string, now: Date): CheckedFile {
  const yaml = readYaml(text);
  const syntax = yaml.syntax.map((fault) => ({ file, path: "", ...fault }));
  if (yaml.value === undefined) return { file, name, faults: inOrder(syntax) };
  const parsed = environmentSchema.safeParse(yaml.value);
  const schemaFaults = parsed.success ? [] : explainIssues(environmentSchema, yaml.value, parsed.error.issues);
  const unsound = new Set(schemaFaults.map(({ path }) => path[0]));
  const isMap = typeof yaml.value === "object" && yaml.value !== null && !Array.isArray(yaml.value);
  const settings = { ...(isMap ? (yaml.value as EnvironmentSettings) : ({} as EnvironmentSettings)), name };
  const all = [...schemaFaults, ...(isMap ? ruleFaults(settings, unsound, now) : [])];
  const faults = inOrder([...syntax, ...all.map((fault) => placed(fault))]);
  return parsed.success && faults.length === 0
    ? { file, name, environment: { ...parsed.data, name }, faults: [] }
    : { file, name, faults };

  function placed({ path, expected, came, toDo, atKey }: SettingFault): Fault {
    const value = valueAt(yaml.value, path);
    return {
      file,
      ...yaml.position(path, atKey ? "key" : "value"),
      path: pathText(path),
      expected,
      came: came ?? describeValue(value, typeof value === "number" ? yaml.source(path) : undefined),
      toDo,
    };
  }
}

function inOrder(faults: readonly Fault[]): Fault[] {
  return faults.toSorted((one, other) => one.line - other.line || one.column - other.column);
}
