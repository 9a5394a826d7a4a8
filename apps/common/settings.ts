import type * as z from "zod";

/** The app's environment variables are wrong; the message names every fault. */
export class SettingsFaults extends Error {
  override readonly name = "SettingsFaults";
}

/**
 * Reads environment variables by a schema whose members are the variables' names. A variable that is set to nothing counts
 * as not set, as Beanstalk sets those that were emptied.
 * @throws SettingsFaults naming every variable that is missing or wrong.
 */
export function readSettings<T>(schema: z.ZodType<T>, variables: Readonly<Record<string, string | undefined>>): T {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const { success, data, error } = schema.safeParse(set);
  if (success) return data;
  const faults = error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `${name}: expected ${message}, but got ${set[name] === undefined ? "nothing" : JSON.stringify(set[name])}`;
  });
  throw new SettingsFaults(
    `The app cannot start. ${faults.join("; ")}. Set the environment variables and start it again.`,
  );
}
