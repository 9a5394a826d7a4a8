import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { messageOf, UserError } from "../user-error";

/** One synthesized stack. */
export interface Stack {
  /** For example `prod-data`. */
  readonly name: string;
  readonly environment: string;
  readonly layer: string;
  /** Absolute path of the folder that holds `cdk.tf.json`. */
  readonly folder: string;
  /** Names of the stacks that must be applied before this one; of a removed one those that it stood on. */
  readonly dependencies: readonly string[];
  /** Set for a stack that is to be destroyed, as it is no longer synthesized. @default it is kept */
  readonly removed?: Removal;
}

/** What a commit that still has a removed stack says of it. */
export interface Removal {
  /** The commit. */
  readonly from: string;
  /** Names of the stacks that depended on it directly. */
  readonly dependants: readonly string[];
}

const manifestSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({ synthesizedStackPath: z.string(), dependencies: z.array(z.string()).default([]) }),
  ),
});

/** The layer that creates the state bucket; every other stack of its environment comes after it. */
export const bootstrapLayer = "bootstrap";

/**
 * The stacks of one environment as `manifest.json` lists them, in an order in which they can be applied.
 * @throws UserError when there is no such output, or it holds no stack of the environment, or the stacks depend on
 * each other in a circle.
 */
export function readStacks(synthesizedFolder: string, environment: string): Stack[] {
  const file = join(synthesizedFolder, "manifest.json");
  if (!existsSync(file)) throw new UserError(`There is no ${file}: run \`npm run synth -- ${environment}\`.`);
  const all = Object.entries(parse(file));
  // A layer's name holds no hyphen, so `dev-eu-data` is not taken for a stack of `dev`.
  const mine = all.flatMap(([name, { synthesizedStackPath, dependencies }]) => {
    const layer = name.startsWith(`${environment}-`) ? name.slice(environment.length + 1) : "";
    if (layer === "" || layer.includes("-")) return [];
    const folder = resolve(synthesizedFolder, dirname(synthesizedStackPath));
    return [{ name, environment, layer, folder, dependencies }];
  });
  if (mine.length === 0) {
    throw new UserError(
      `${file} holds no stack of ${environment}, but ${all.map(([name]) => name).join(", ") || "none"}.`,
    );
  }
  const bootstrap = mine.find(({ layer }) => layer === bootstrapLayer)?.name;
  const names = new Set(mine.map(({ name }) => name));
  return inOrder(
    mine.map((stack) => {
      const first = bootstrap === undefined || stack.name === bootstrap ? [] : [bootstrap];
      const dependencies = [...new Set([...first, ...stack.dependencies])].filter((name) => names.has(name)).sort();
      return { ...stack, dependencies };
    }),
  );
}

/** The stacks of all environments of a synthesized output, each after those it depends on. @throws UserError as {@link readStacks} */
export function readAllStacks(synthesizedFolder: string): Stack[] {
  const file = join(synthesizedFolder, "manifest.json");
  if (!existsSync(file)) throw new UserError(`There is no ${file}: run \`npm run synth\`.`);
  const names = Object.keys(parse(file)).map((name) => name.slice(0, name.lastIndexOf("-")));
  return [...new Set(names)].sort().flatMap((environment) => readStacks(synthesizedFolder, environment));
}

/**
 * The chosen ones of the stacks, by name (`prod-data`) or layer (`data`); all when none is named.
 * @throws UserError that names the unknown ones and those there are.
 */
export function chooseStacks(stacks: readonly Stack[], names: readonly string[]): Stack[] {
  const unknown = names.filter((name) => !stacks.some((stack) => stack.name === name || stack.layer === name));
  if (unknown.length > 0) {
    throw new UserError(
      `Expected stacks of ${stacks[0]?.environment}, but got ${unknown.join(", ")}: there are ${stacks.map(({ name }) => name).join(", ")}.`,
    );
  }
  return stacks.filter(({ name, layer }) => names.length === 0 || names.includes(name) || names.includes(layer));
}

/** Each stack after those it depends on, otherwise by name. @throws UserError when there is no such order */
export function inOrder(stacks: readonly Stack[]): Stack[] {
  const rest = [...stacks].sort((a, b) => (a.name < b.name ? -1 : 1));
  const ordered: Stack[] = [];
  while (rest.length > 0) {
    const index = rest.findIndex(({ dependencies }) =>
      dependencies.every((name) => ordered.some((stack) => stack.name === name)),
    );
    if (index < 0) {
      throw new UserError(`The stacks ${rest.map(({ name }) => name).join(", ")} depend on each other in a circle.`);
    }
    ordered.push(...rest.splice(index, 1));
  }
  return ordered;
}

function parse(file: string): z.infer<typeof manifestSchema>["stacks"] {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, "utf8"))).stacks;
  } catch (error) {
    throw new UserError(
      `Expected the manifest of synthesized stacks in ${file}, but ${messageOf(error)}: delete it and run \`npm run synth\`.`,
    );
  }
}
