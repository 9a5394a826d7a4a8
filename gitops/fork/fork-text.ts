import { plain } from "../comment/markdown";
import { redactor } from "../redact/redact-text";
import type { ForkResult } from "./fork-result";

/** Lines of each kind that a comment shows. */
const most = 50;

/** Characters that are not seen, or turn the reading direction: none of them belongs into a comment. */
const unseen = /[\p{Cc}\p{Cf}]/gu;

const listed = (lines: readonly string[]): string => {
  const shown = lines.slice(0, most).map((line) => `- ${line}`);
  const rest = lines.length - shown.length;
  return [...shown, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n");
};

/** The comment about a pull request from a fork: what it would change as far as that is seen without credentials. */
export function forkText({ stacks, settings }: ForkResult, head: string): string {
  const safe = redactor({});
  const words = settings.map((change) => plain(safe(change.words.replace(unseen, " "))));
  const names = stacks.map(({ stack }) => plain(stack));
  return [
    "**From a fork: no plan.** Workflows of forks get no credentials, so nothing was compared with AWS.",
    `Seen at ${head.slice(0, 12)} by the fork's own check, and as trustworthy as its code:`,
    names.length === 0
      ? "No stack is synthesized differently: nothing would be applied."
      : `**Stacks that are synthesized differently:**\n\n${listed(names)}`,
    ...(words.length === 0 ? [] : [`**Settings:**\n\n${listed(words)}`]),
    "To get a plan, a maintainer reads the changes and pushes them to a branch of this repository.",
  ].join("\n\n");
}
