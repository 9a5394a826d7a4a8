import { relative } from "node:path";
import { checkFolder } from "../../../environments/environment-files";
import { faultLines } from "../../../environments/faults/settings-error";
import { environmentWarnings } from "../../../environments/warnings";
import type { TitledFinding } from "../finding";

/** What is said of the environment files by `npm run settings -- check`. */
export function settingsFindings(
  folder: string,
  root: string,
  names: readonly string[],
  now: Date,
): readonly TitledFinding[] {
  const check = "settings";
  return checkFolder(folder, now)
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .flatMap(({ name, file, environment, faults }): TitledFinding[] => {
      const about = { check, environment: name };
      if (!environment) {
        const mend = `edit ${relative(root, file)}, then: npm run settings -- check ${name}`;
        return faultLines(faults).map((text) => ({ ...about, status: "fault", text, mend }));
      }
      const warnings = environmentWarnings(environment, now);
      const mend = `edit ${relative(root, file)}, or leave it if it is meant`;
      if (warnings.length === 0) return [{ ...about, status: "ok", text: `${relative(root, file)} is sound` }];
      return warnings.map((text) => ({ ...about, status: "warning", text, mend }));
    });
}
