import type { Gate } from "../review/gate";
import type { ReviewManifest } from "../review/manifest";

/**
 * What main's own code finds held in a plan and the review did not say, in words that follow "because": the review's gates were
 * computed by the pull request's code. Undefined when there is nothing.
 */
export function unseen({ gates }: Pick<ReviewManifest, "gates">, found: readonly Gate[]): string | undefined {
  const seen = new Set(gates.map(nameOf));
  const missing = found.filter((gate) => !seen.has(nameOf(gate)));
  if (missing.length === 0) return undefined;
  const [{ subject, words } = { subject: "", words: "" }] = missing;
  const more = missing.length > 1 ? `, and ${missing.length - 1} more` : "";
  return `the gate holds what its review did not show (${subject}: ${words}${more})`;
}

const nameOf = ({ kind, subject }: Gate): string => `${kind} ${subject}`;
