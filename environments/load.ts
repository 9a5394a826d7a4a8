import { checkFolder, checkNamed, environmentsFolder } from "./environment-files";
import { SettingsError } from "./faults/settings-error";
import type { Environment } from "./schema";

export { SettingsError } from "./faults/settings-error";

/**
 * The settings of `<folder>/<name>.yaml`.
 * @param folder - @default - the repository's `environments`
 * @param now - the day from which a schedule has to fire. @default - today
 * @throws SettingsError with every fault of the file
 */
export function loadEnvironment(name: string, folder = environmentsFolder(), now = new Date()): Environment {
  const { environment, faults } = checkNamed(name, folder, now);
  if (!environment) throw new SettingsError(faults);
  return environment;
}

/**
 * The settings of every `*.yaml` of the folder, in the order of their names.
 * @throws SettingsError with every fault of every file
 */
export function loadEnvironments(folder = environmentsFolder(), now = new Date()): Environment[] {
  const files = checkFolder(folder, now);
  const faults = files.flatMap((file) => file.faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return files.flatMap(({ environment }) => environment ?? []);
}
