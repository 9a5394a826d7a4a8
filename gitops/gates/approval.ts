import { createHash } from "node:crypto";
import { verdictOf } from "../comment/verdict";
import type { ReviewResult } from "../review/result";

/**
 * What a code owner lets pass: these gates and these changes, no others. Undefined when nothing is held.
 * @returns 12 hex digits
 */
export function approvalOf(results: readonly ReviewResult[]): string | undefined {
  const { gates } = verdictOf(results);
  if (gates.length === 0) return undefined;
  const changes = results.flatMap(({ stacks }) =>
    stacks.map(({ plan }) => `${plan.stack} ${plan.changesSha256 ?? ""}`),
  );
  const held = gates.map(({ kind, subject, words }) => `${kind} ${subject} ${words}`);
  const text = [...changes, ...held].sort().join("\n");
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** The label that lets the changes of an approval pass. */
export const approvalLabel = (approval: string): string => `approve-${approval}`;
