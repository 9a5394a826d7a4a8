import { createHash } from "node:crypto";
import { verdictOf } from "../comment/verdict";
import type { Gate } from "../review/gate";
import type { ReviewResult } from "../review/result";
import { gatesOfSettings } from "../settings-diff/setting-gates";

/** What an environment would be changed by, and what of that is held. */
export interface HeldChanges {
  readonly stacks: readonly { readonly stack: string; readonly changesSha256: string }[];
  readonly gates: readonly Gate[];
}

/** 128 bits: nobody finds two sets of changes with the same one. */
const digits = 32;
const hash = (of: string): string => createHash("sha256").update(of).digest("hex").slice(0, digits);

/**
 * What a code owner lets pass: these gates and these changes of each environment, no others. Undefined when nothing is held.
 * @returns `dev:<hash> prod:<hash>`, each of what the environment would be changed by. An apply knows its own environment's changes
 *   alone; with the others' hashes it can tell which label was needed ({@link withChanges})
 */
export function approvalOf(results: readonly ReviewResult[]): string | undefined {
  if (verdictOf(results).gates.length === 0) return undefined;
  return text(new Map(results.map((result) => [result.environment, hashOf(changesIn(result))])));
}

/** The approval in which an environment has other changes. */
export function withChanges(approval: string, environment: string, changes: HeldChanges): string {
  const known = approval.split(" ").flatMap((part): [string, string][] => {
    const [name = "", value = ""] = part.split(":");
    return name === "" ? [] : [[name, value]];
  });
  return text(new Map([...known, [environment, hashOf(changes)]]));
}

/** The label that lets the changes of an approval pass. */
export const approvalLabel = (approval: string): string => `approve-${hash(approval)}`;

const text = (hashes: ReadonlyMap<string, string>): string =>
  [...hashes]
    .map(([name, value]) => `${name}:${value}`)
    .sort()
    .join(" ");

function hashOf({ stacks, gates }: HeldChanges): string {
  const changes = stacks.map(({ stack, changesSha256 }) => `${stack} ${changesSha256}`);
  const held = gates.map(({ kind, subject, words }) => `${kind} ${subject} ${words}`);
  return hash([...changes, ...held].sort().join("\n"));
}

/** What has no plan is not applied without another review, and counts for nothing. */
const changesIn = ({ stacks, settings }: ReviewResult): HeldChanges => ({
  stacks: stacks.flatMap(({ plan: { stack, outcome, changesSha256 } }) =>
    changesSha256 !== undefined && (outcome === "changes" || outcome === "no-changes")
      ? [{ stack, changesSha256 }]
      : [],
  ),
  gates: [...gatesOfSettings(settings), ...stacks.flatMap(({ plan }) => plan.gates)],
});
