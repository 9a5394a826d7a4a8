import { bootstrapLayer, inOrder, type Stack } from "./manifest";

/**
 * The stacks of an environment together with those that are removed from it, in an order in which the ones are applied and the
 * others destroyed. What used a removed stack is applied without it first; then it is destroyed, then what it stood on itself
 * changes. Where the last can't be, as what used it needs just that change, it is destroyed in the end.
 * @param removed - with {@link Stack.removed}
 * @returns all of them, whose dependencies are what has to be done before them
 * @throws UserError when removed stacks of different commits depend on each other in a circle
 */
export function withRemoved(stacks: readonly Stack[], removed: readonly Stack[]): Stack[] {
  if (removed.length === 0) return [...stacks];
  const all = [...stacks, ...removed];
  const layers = new Map(all.map(({ name, layer }) => [name, layer]));
  const first = new Map(stacks.map(({ name, dependencies }) => [name, new Set(dependencies)]));
  for (const { name, removed: removal } of removed) {
    first.set(name, new Set(removal?.dependants.filter((other) => layers.has(other))));
  }
  for (const { name, dependencies } of removed) {
    for (const other of dependencies) {
      // No merge applies the bootstrap stack.
      if (layers.get(other) === bootstrapLayer || needs(first, name, other)) continue;
      first.get(other)?.add(name);
    }
  }
  return inOrder(all.map((stack) => ({ ...stack, dependencies: [...(first.get(stack.name) ?? [])].sort() })));
}

/** Whether a stack comes after another one, directly or not. */
function needs(first: ReadonlyMap<string, ReadonlySet<string>>, name: string, other: string): boolean {
  const seen = new Set<string>();
  const next = [name];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    if (one === other) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    next.push(...(first.get(one) ?? []));
  }
  return false;
}
