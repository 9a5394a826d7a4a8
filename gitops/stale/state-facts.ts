import { createHash } from "node:crypto";
import type { PlanBinding } from "../plan-binding";
import { readConfiguration, type S3Location } from "../terraform/configuration";
import type { Stack } from "../terraform/manifest";
import type { ReadState, StateLookup } from "../terraform/state";

/** Why a plan that is kept no longer fits the states it was made from, in words that follow "because". */
export type WhyMoved = (stack: string, binding: PlanBinding) => Promise<string | undefined>;

/**
 * Holds plans against the states as they are now. It runs nothing of a pull request: all it takes from there is names, serials
 * and hashes.
 * @param stacks - of the environment, as main has them. The state of one that it has no more, or not yet, lies beside theirs; of other
 * environments nothing is known
 */
export function stateFacts(stacks: readonly Stack[], readState: ReadState): WhyMoved {
  const read = new Map<string, Promise<StateLookup>>();
  const lookUp = (stack: string): Promise<StateLookup> | undefined => {
    const location = locationOf(stack, stacks);
    if (location === undefined) return undefined;
    const known = read.get(stack) ?? readState(location);
    read.set(stack, known);
    return known;
  };
  return async (stack, { backend, state: planned, upstream }) => {
    const now = await lookUp(stack);
    // A bootstrap stack that was planned before there was a bucket has its state elsewhere.
    if (now !== undefined && !(backend === "local" && now.kind !== "state")) {
      const state = now.kind === "state" ? now.state : undefined;
      if (planned?.lineage !== state?.lineage || planned?.serial !== state?.serial) {
        return `the state has moved on since it was planned (serial ${planned?.serial ?? 0}, now ${state?.serial ?? 0})`;
      }
    }
    const moved: string[] = [];
    for (const { stack: other, outputs, outputsSha256 } of upstream) {
      const lookup = await lookUp(other);
      if (lookup === undefined) continue;
      const all = lookup.kind === "state" ? lookup.state.outputs : {};
      const hash = createHash("sha256").update(JSON.stringify(outputs.map((name) => [name, all[name]?.value])));
      if (hash.digest("hex") !== outputsSha256) moved.push(other);
    }
    return moved.length > 0 ? `outputs of ${moved.join(", ")} have changed since it was planned` : undefined;
  };
}

function locationOf(stack: string, stacks: readonly Stack[]): S3Location | undefined {
  const found = stacks.find(({ name }) => name === stack);
  if (found) return readConfiguration(found.folder).backend;
  const [other] = stacks;
  const layer = other && stack.startsWith(`${other.environment}-`) ? stack.slice(other.environment.length + 1) : "";
  if (other === undefined || !/^[a-z]+$/.test(layer)) return undefined;
  const backend = readConfiguration(other.folder).backend;
  return backend && { ...backend, key: `${layer}.tfstate` };
}
