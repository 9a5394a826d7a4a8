import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const planName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,100}\.txt$/;

/** Names of the plan outputs, sorted. */
export async function planNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => planName.test(name)).sort();
}

/** A plan's text; undefined for a name that is none of {@link planNames}, whatever it tries. */
export async function readPlan(folder: string, name: string): Promise<string | undefined> {
  return (await planNames(folder)).includes(name) ? readFile(join(folder, name), "utf8") : undefined;
}
