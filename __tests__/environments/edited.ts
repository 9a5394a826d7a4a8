import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkFile } from "../../environments/check-file";
import { faultLines } from "../../environments/faults/settings-error";
import type { Environment } from "../../environments/schema";

/** The day on which the tests of this folder take place. */
export const today = new Date("2026-01-15T12:00:00Z");

const sound = readFileSync(join(__dirname, "fixtures", "sound.yaml"), "utf8");

type Edit = readonly [from: string, to: string];

/** A sound environment file with some text replaced; a replacement that finds nothing is a mistake of the test. */
export function editedText(...edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The sound file has no ${JSON.stringify(from)}`);
    return text.replace(from, to);
  }, sound);
}

/** The edit that adds a group of analysts, which is the second. @param more - further lines of it */
export const anotherGroup = (name: string, more = ""): Edit => {
  const group = `    - name: ${name}
      access: []
      data: []
      instanceTypes: [ml.t3.medium]
      maxRuntimeHours: 1
      monthlyBudgetUsd: 1
      sessionHours: 1
${more}`;
  return ["alerts:", `${group}alerts:`];
};

/** The messages about such a file, without `environments/<name>.yaml:`; the name is test unless given. */
export function faultsOf(edits: readonly Edit[], name = "test"): string[] {
  const file = `environments/${name}.yaml`;
  return faultLines(checkFile(file, name, editedText(...edits), today).faults).map((line) =>
    line.slice(file.length + 1),
  );
}

/** The settings of such a file. */
export function edited(edits: readonly Edit[], name = "test"): Environment {
  const { environment, faults } = checkFile(`${name}.yaml`, name, editedText(...edits), today);
  if (!environment) throw new Error(faultLines(faults).join("\n"));
  return environment;
}
