import { type AttributeChange, knownAfterApply } from "../terraform/attribute-changes";
import type { Action, OutputChange, ResourceChange } from "../terraform/show";

/** Marks that GitHub's `diff` colouring knows. */
const signs: Readonly<Record<Action, string>> = {
  destroy: "-",
  replace: "!",
  change: "!",
  add: "+",
  move: "#",
  import: "#",
  forget: "#",
};

const verbs: Readonly<Record<Action, string>> = {
  destroy: "is destroyed",
  replace: "is replaced: destroyed and made anew",
  change: "changes",
  add: "is added",
  move: "is renamed, nothing happens to it",
  import: "is taken into the state",
  forget: "is forgotten: it stays, unmanaged",
};

const maxAttributes = 20;
const maxValueLength = 200;

/** One changed resource in a `diff` block: what becomes of it, then each attribute from and to. */
export function resourceLines({ action, address, previousAddress, attributes }: ResourceChange): string[] {
  const from = previousAddress === undefined ? "" : `${previousAddress} → `;
  // What only the apply will tell is no news.
  const telling = attributes.filter(({ after, forcesReplacement }) => forcesReplacement || after !== knownAfterApply);
  const shown = telling.slice(0, maxAttributes);
  const rest = telling.length - shown.length;
  return [
    `${signs[action]} ${from}${address} ${verbs[action]}`,
    ...shown.map(attributeLine),
    ...(rest > 0 ? [`    … and ${rest} more attributes`] : []),
  ];
}

/** One changed output of a stack. */
export const outputLines = ({ action, ...change }: OutputChange): string[] => [
  `${signs[action]} output ${change.path}: ${short(change.before)} → ${short(change.after)}`,
];

const attributeLine = ({ path, before, after, forcesReplacement }: AttributeChange): string =>
  `    ${path}: ${short(before)} → ${short(after)}${forcesReplacement ? "   (this forces the replacement)" : ""}`;

const short = (value: string): string =>
  (value.length > maxValueLength ? `${value.slice(0, maxValueLength - 1)}…` : value).replaceAll("\n", "\\n");
