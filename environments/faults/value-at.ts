import type { SettingPath } from "./fault";

/** The value at `path`; undefined where there is none. */
export function valueAt(value: unknown, path: SettingPath): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}
