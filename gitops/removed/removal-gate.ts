import type { Gate } from "../review/gate";
import { counted } from "../settings-diff/words/words";
import type { Stack } from "../terraform/manifest";
import type { PlanChanges } from "../terraform/show";

/** What is said of a stack that is destroyed. */
export const destroyedWords = ({ destroy }: PlanChanges["counts"]): string =>
  `is removed: ${counted(destroy, "resource is", "resources are")} destroyed.`;

/** A whole stack that goes is always for a code owner to see, whatever is in it. */
export function removalGate({ name, removed }: Stack, { counts }: PlanChanges): Gate[] {
  return removed !== undefined && counts.destroy > 0
    ? [{ kind: "stack-removed", subject: name, words: `It ${destroyedWords(counts)}` }]
    : [];
}
