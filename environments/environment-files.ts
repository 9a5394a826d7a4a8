import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { type CheckedFile, checkFile } from "./check-file";
import type { Fault } from "./faults/fault";
import { nearest } from "./faults/nearest";
import { repositoryFolder } from "./repository";

/** `<repository>/environments` */
export const environmentsFolder = (): string => join(repositoryFolder(), "environments");

/** Names become parts of bucket names, of which AWS allows 63 characters. */
const namePattern = /^[a-z][a-z0-9]{0,9}$/;

/** Checks every environment file of `folder`, in the order of their names. @throws Error when the folder cannot be read. */
export function checkFolder(folder: string, now: Date): CheckedFile[] {
  const files = settingsFiles(folder);
  if (files.length > 0) return files.map((file) => checkOne(folder, file, now));
  const fault = { path: "", expected: "at least one environment file, such as prod.yaml", came: "there is none" };
  return [{ file: shown(folder), name: "", faults: [{ ...whole(folder), ...fault, toDo: "Add one." }] }];
}

/** Checks `<folder>/<name>.yaml`; a missing file is a fault that says which there are. */
export function checkNamed(name: string, folder: string, now: Date): CheckedFile {
  const file = `${name}.yaml`;
  const files = settingsFiles(folder);
  if (files.includes(file)) return checkOne(folder, file, now);
  const names = files.filter((other) => other.endsWith(".yaml")).map((other) => other.slice(0, -".yaml".length));
  const meant = nearest(name, names);
  const fault: Fault = {
    ...whole(join(folder, file)),
    path: "",
    expected: `one of the environments ${names.join(", ")}`,
    came: `got ${JSON.stringify(name)}`,
    toDo: meant ? `Did you mean ${meant}?` : "Name one of these, or add the file.",
  };
  return { file: fault.file, name, faults: [fault] };
}

function checkOne(folder: string, file: string, now: Date): CheckedFile {
  const [, name = "", ending] = /^(.*)\.(ya?ml)$/i.exec(file) ?? [];
  if (ending === "yaml" && namePattern.test(name)) {
    return checkFile(shown(join(folder, file)), name, readFileSync(join(folder, file), "utf8"), now);
  }
  const fault: Fault = {
    ...whole(join(folder, file)),
    path: "",
    expected: "a file name of a lower-case letter and at most 9 lower-case letters or digits, ending in .yaml",
    came: `got ${JSON.stringify(file)}`,
    toDo: "Rename the file.",
  };
  return { file: fault.file, name, faults: [fault] };
}

/** Other files, such as the JSON Schema and code, are left alone; .yml is not, lest an environment be overlooked. */
function settingsFiles(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`${folder}: there is no such folder. Name one that has environment files.`);
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/i.test(file) && !file.startsWith("."))
    .sort();
}

const whole = (path: string) => ({ file: shown(path), line: 1, column: 1 });

/** `environments/prod.yaml` in the repository, the path as given elsewhere. */
function shown(path: string): string {
  const within = relative(repositoryFolder(), path);
  return within.startsWith("..") || isAbsolute(within) ? path : within;
}
