import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironment } from "../../environments/load";
import type { Environment } from "../../environments/schema";
import { type Layer, layers } from "../../modules/names";
import { synthEnvironments } from "../../stacks/build";

type Attributes = Record<string, unknown>;

/** A synthesized stack as Terraform reads it. */
export interface SynthesizedStack {
  readonly terraform: Attributes;
  readonly provider: Record<string, Attributes[]>;
  readonly resource: Record<string, Record<string, Attributes>>;
  readonly data?: Record<string, Record<string, Attributes>>;
}

/** The stacks of an environment by layer, synthesized as `npm run synth` does; `identity` only with `analytics.identityCenter`. */
export type SynthesizedStacks = Record<Layer, SynthesizedStack>;

/** Synthesizes an environment into a folder of its own and reads back every stack. */
export function synth(environment: Environment): SynthesizedStacks {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-synth-"));
  try {
    synthEnvironments([environment], folder);
    const fileOf = (layer: Layer) => join(folder, "stacks", `${environment.name}-${layer}`, "cdk.tf.json");
    const read = (layer: Layer) => JSON.parse(readFileSync(fileOf(layer), "utf8")) as SynthesizedStack;
    const there = layers.filter((layer) => existsSync(fileOf(layer)));
    return Object.fromEntries(there.map((layer) => [layer, read(layer)])) as SynthesizedStacks;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The settings of a file with some of them changed: paths such as `retention.processedDays`, and their new values. */
export function environmentWith(name: string, changes: Record<string, unknown> = {}): Environment {
  const environment = structuredClone(loadEnvironment(name)) as unknown as Attributes;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() as string;
    let place = environment;
    for (const key of keys) place = place[key] as Attributes;
    place[last] = value;
  }
  return environment as unknown as Environment;
}

/** The one resource of a type in a stack, or the one whose id or name has `part` in it. */
export function resource(stack: SynthesizedStack, type: string, part = ""): Attributes {
  const found = Object.entries(stack.resource[type] ?? {}).filter(([id, attributes]) =>
    part === "" ? true : id === part || id.includes(part) || attributes.name === part,
  );
  const exact = found.find(([id]) => id === part) ?? (found.length === 1 ? found[0] : undefined);
  if (!exact) throw new Error(`Expected one ${type} "${part}", found: ${found.map(([id]) => id).join(", ") || "none"}`);
  return exact[1];
}
