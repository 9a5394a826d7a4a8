import type { SettingChange } from "../setting-change";

/** What is said of a changed setting, and whether a code owner has to look at it. */
export type Words = Pick<SettingChange, "words" | "gate">;

/** `a, b and c` */
export const listed = (items: readonly string[]): string =>
  new Intl.ListFormat("en-GB", { type: "conjunction" }).format(items);

/** `1 day`, `1,000 days` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
