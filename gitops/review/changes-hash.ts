import { createHash } from "node:crypto";
import type { PlanJson, RawResourceChange } from "../terraform/plan-json";

type Change = RawResourceChange["change"];

/**
 * Hash of what a plan would do: two plans with the same hash make the same changes. The order of resources and keys
 * does not count, nor do data sources and drift. A value that is marked as sensitive counts as "some secret": the hash
 * travels where secrets must not, and a short secret could be guessed from it.
 * @returns hex SHA-256
 */
export function changesHash(plan: PlanJson): string {
  const resources = plan.resource_changes
    .filter(({ mode, change }) => mode === "managed" && !isNothing(change))
    .map(({ address, previous_address, type, change }) => ({ address, previous_address, type, ...essence(change) }))
    .sort((one, other) => compare(one.address, other.address));
  const outputs = Object.entries(plan.output_changes)
    .filter(([, change]) => !isNothing(change))
    .map(([name, change]) => ({ name, ...essence(change) }))
    .sort((one, other) => compare(one.name, other.name));
  return createHash("sha256")
    .update(JSON.stringify(sorted({ resources, outputs })))
    .digest("hex");
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const isNothing = ({ actions }: Change): boolean => actions.every((action) => action === "no-op" || action === "read");

const essence = ({ actions, before, after, after_unknown, before_sensitive, after_sensitive, importing }: Change) => ({
  actions,
  importing,
  before: masked(before, before_sensitive, undefined),
  after: masked(after, after_sensitive, after_unknown),
});

/** The value, with sensitive and not yet known parts named as what they are. */
function masked(value: unknown, sensitive: unknown, unknown: unknown): unknown {
  if (sensitive === true) return "(sensitive)";
  if (unknown === true) return "(known after apply)";
  const keys = keysOf(value, unknown);
  if (keys === undefined) return value ?? null;
  return Object.fromEntries(keys.map((key) => [key, masked(at(value, key), at(sensitive, key), at(unknown, key))]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What is not yet known has no key in the value itself. */
function keysOf(value: unknown, unknown: unknown): string[] | undefined {
  if (!isObject(value) && !isObject(unknown)) return undefined;
  return [...new Set([value, unknown].flatMap((part) => (isObject(part) ? Object.keys(part) : [])))];
}

const at = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort(compare);
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
