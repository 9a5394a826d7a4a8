import type { StackPlan } from "../plan-stack";
import type { ResourceChange } from "../terraform/show";
import { type Allowed, covers } from "./allowlist";

/** How a stack in AWS differs from what main says. */
export interface StackDrift {
  readonly environment: string;
  readonly stack: string;
  /** Resources that an apply would put right, less what may differ. */
  readonly resources: readonly ResourceChange[];
  /** What differs, a line each, for telling whether it is the same as before; empty when the stack is as main says. */
  readonly facts: readonly string[];
  /** Why it could not be looked at. */
  readonly error?: string;
}

/**
 * What differs in one stack. It was planned from main, and everything on main is applied, so that whatever the plan
 * would change was changed outside.
 */
export function driftOf(plan: StackPlan, allowed: readonly Allowed[]): StackDrift {
  const { environment, stack, changes, error, outcome, waitsFor } = plan;
  const resources = changes.resources.flatMap((resource) => lessAllowed(resource, allowed));
  const base = { environment, stack, resources };
  if (error !== undefined) return { ...base, facts: [withoutNumbers(error)], error };
  if (outcome === "waits") {
    const why = `It can't be planned before ${waitsFor.join(", ")} is applied.`;
    return { ...base, facts: [why], error: why };
  }
  const facts = resources.map(({ address, action, attributes }) =>
    JSON.stringify([address, action, attributes.map(({ path, before, after }) => [path, before, after])]),
  );
  return { ...base, facts };
}

/** What AWS answers has another number of the request every night, and is the same fault. */
const withoutNumbers = (error: string): string =>
  error
    .replace(/\b(request ?id|host ?id)(: ?|=)[\w+/=-]+/gi, "$1$2…")
    .replace(/(Encoded authorization failure message: )[\w-]+/g, "$1…");

function lessAllowed(resource: ResourceChange, allowed: readonly Allowed[]): ResourceChange[] {
  const { address, attributes } = resource;
  if (allowed.some((entry) => entry.attribute === undefined && covers(entry, address, undefined))) return [];
  const left = attributes.filter(({ path }) => !allowed.some((entry) => covers(entry, address, path)));
  // An addition or removal has no attributes, and no entry for one covers it.
  return attributes.length > 0 && left.length === 0 ? [] : [{ ...resource, attributes: left }];
}
