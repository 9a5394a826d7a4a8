import type * as z from "zod";

/** The app's environment variables are wrong; the message names every fault. */
export class SettingsFaults extends Error {
  override readonly name = "SettingsFaults";
}

/** Variables by name; those that are set to nothing are left out. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A variable that is wrong only together with others. */
export interface RuleFault {
  readonly variable: string;
  readonly expected: string;
}

/** Finds faults of variables together; each may be missing or wrong by itself, which is told elsewhere. */
export type Rule = (variables: Variables) => readonly RuleFault[];

/**
 * Reads environment variables by a schema whose members are the variables' names. A variable that is set to nothing counts
 * as not set, as Beanstalk sets those that were emptied.
 * @throws SettingsFaults naming every variable that is missing or wrong.
 */
export function readSettings<T>(schema: z.ZodType<T>, variables: Variables, rules: readonly Rule[] = []): T {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const { success, data, error } = schema.safeParse(set);
  const alone = (error?.issues ?? []).map(({ path, message }) => ({ variable: String(path[0]), expected: message }));
  const faults = [...alone, ...rules.flatMap((rule) => rule(set))];
  if (success && faults.length === 0) return data;
  const lines = faults.map(({ variable, expected }) => {
    const value = set[variable];
    return `${variable}: expected ${expected}, but got ${value === undefined ? "nothing" : JSON.stringify(value)}`;
  });
  throw new SettingsFaults(
    `The app cannot start. ${lines.join("; ")}. Set the environment variables and start it again.`,
  );
}
