import type { ReviewedStack } from "../review/result";
import type { Action, ResourceChange } from "../terraform/show";
import { fenceFor, plain } from "./markdown";
import { outputLines, resourceLines } from "./resource-lines";

/** What is folded together for one stack, cut to size. */
export interface Details {
  readonly text: string;
  /** Resources and outputs that did not fit. */
  readonly leftOut: number;
}

const order: readonly Action[] = ["destroy", "replace", "change", "add", "move", "import", "forget"];

export const isDestructive = ({ action }: ResourceChange): boolean => action === "destroy" || action === "replace";

/** Room for the fold's own lines and the sentence on what is left out. */
const frame = 200;

/** The changes of a stack in at most `room` characters, cut between two resources; folded unless `open`. */
export function stackDetails(
  { plan }: ReviewedStack,
  resources: readonly ResourceChange[],
  room: number,
  open: boolean,
): Details {
  const sorted = order.flatMap((action) => resources.filter((resource) => resource.action === action));
  const outputs = open ? [] : plan.changes.outputs;
  const blocks = [...sorted.map(resourceLines), ...outputs.map(outputLines)];
  const taken: string[] = [];
  let used = frame + plan.stack.length;
  let fitting = 0;
  for (const block of blocks) {
    const size = block.reduce((total, line) => total + line.length + 1, 0);
    if (used + size > room) break;
    used += size;
    fitting++;
    taken.push(...block);
  }
  const leftOut = blocks.length - fitting;
  if (fitting === 0) return { text: "", leftOut };
  const fence = fenceFor(taken);
  const rest = leftOut > 0 ? [`… and ${leftOut.toLocaleString("en-US")} more`] : [];
  const block = [`${fence}diff`, ...taken, ...rest, fence];
  const lines = open
    ? [`**${plain(plan.stack)}**`, "", ...block]
    : [`<details><summary>${plain(plan.stack)}</summary>`, "", ...block, "", "</details>"];
  return { text: `${lines.join("\n")}\n`, leftOut };
}
