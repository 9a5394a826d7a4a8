import type { Environment } from "../../../environments/schema";
import { settingDescription } from "../../../environments/setting-description";
import { type LeafChange, pathOf } from "../leaf-changes";
import type { Words } from "./words";

const maxLength = 120;

/** Settings without words of their own: the values, and what the file says of the setting where it stands. */
export function otherWords({ path, before, after }: LeafChange, environment: Environment): Words {
  const description = settingDescription(environment, path);
  const change =
    before === undefined
      ? `is now ${valueText(after)}, it was not set before`
      : after === undefined
        ? `is no longer set, it was ${valueText(before)}`
        : `is ${valueText(after)} instead of ${valueText(before)}`;
  const subject = [environment.name, pathOf(path)].join(": ");
  return { words: `${subject} ${change}.${description === undefined ? "" : ` ${description}`}` };
}

function valueText(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en-US");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
