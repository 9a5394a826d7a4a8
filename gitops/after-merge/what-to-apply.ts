import type { ReviewManifest } from "../review/manifest";
import type { EnvironmentApply } from "../reviewed/apply-reviewed-environment";
import type { Stack } from "../terraform/manifest";
import { bootstrapLayer } from "../terraform/manifest";
import { leftOut } from "./left-out";

/** What may be applied of a merge, and what may not, with the reasons. */
export interface WhatToApply {
  readonly manifests: readonly ReviewManifest[];
  readonly changed: readonly string[];
  readonly leftOut: readonly EnvironmentApply[];
}

export interface MergeFacts {
  readonly environment: string;
  /** All of the environment, as the merge has them, and those that it has destroyed: {@link withRemoved} */
  readonly stacks: readonly Stack[];
  readonly manifests: readonly ReviewManifest[];
  readonly changed: readonly string[];
  /** laterApplies() */
  readonly later: ReadonlyMap<string, string>;
  /** Why the gate holds the merge; undefined when it is open. */
  readonly held: string | undefined;
}

/** Sorts out what is not this apply's to do. */
export function whatToApply(facts: MergeFacts): WhatToApply {
  const { environment, stacks, manifests, changed, later, held } = facts;
  const out = new Map<string, EnvironmentApply>();
  const known = (name: string): Stack | undefined => stacks.find((stack) => stack.name === name);
  // Whoever follows it up has to know the commit that had it.
  const unknown = (name: string) => {
    const from = manifests.find(({ stack }) => stack === name)?.removedFrom;
    return { name, environment, ...(from !== undefined && { removed: { from, dependants: [] } }) };
  };
  const leave = (stack: string, outcome: "nothing" | "refused", why: string): void => {
    if (!out.has(stack)) out.set(stack, leftOut(known(stack) ?? unknown(stack), outcome, why));
  };
  const changing = new Set(manifests.filter(({ outcome }) => outcome === "changes").map(({ stack }) => stack));
  const reviewed = new Set(manifests.map(({ stack }) => stack));
  for (const stack of new Set([...changed, ...reviewed])) {
    const merge = later.get(stack);
    if (known(stack)?.layer === bootstrapLayer) {
      leave(stack, "nothing", `an administrator applies it: npm run bootstrap -- ${environment}`);
    } else if (known(stack) === undefined) {
      leave(stack, "refused", "it was reviewed, but the merge has no such stack");
    } else if (merge !== undefined) {
      leave(stack, "nothing", `a later merge, ${merge.slice(0, 12)}, is applied to it already`);
    } else if (held !== undefined && (changing.has(stack) || !reviewed.has(stack))) {
      leave(stack, "refused", held);
    }
  }
  // Whoever depends on what is held must not run ahead of it.
  for (const { name, dependencies } of stacks) {
    const first = dependencies.filter((dependency) => out.get(dependency)?.outcome === "refused");
    if (first.length > 0 && (reviewed.has(name) || changed.includes(name))) {
      leave(name, "refused", `${first.join(", ")} was not applied`);
    }
  }
  return {
    manifests: manifests.filter(({ stack }) => !out.has(stack)),
    changed: changed.filter((stack) => !out.has(stack)),
    leftOut: [...out.values()],
  };
}
