import { configurationHash, readConfiguration, type S3Location } from "../terraform/configuration";
import { readAllStacks, type Stack } from "../terraform/manifest";

/** A stack that a pull request may change. */
export interface ChangedStack {
  readonly environment: string;
  readonly stack: string;
  /** configuration: what was synthesized differs. upstream: only a stack it depends on does. */
  readonly because: "configuration" | "upstream";
}

/** A stack that a pull request leaves out, or that an earlier merge could not wholly destroy: it is destroyed. */
export interface RemovedStack {
  readonly environment: string;
  readonly stack: string;
  /** A commit that has it. @default the one that was compared with */
  readonly from?: string;
  /** Where its state lies; nothing when it was not kept in S3. */
  readonly state?: Pick<S3Location, "bucket" | "key" | "region">;
}

/** The stacks that were synthesized before and are not any more. */
export function removedStacks(base: string, present: string): RemovedStack[] {
  const names = new Set(readAllStacks(present).map(({ name }) => name));
  return readAllStacks(base)
    .filter(({ name }) => !names.has(name))
    .map(({ name, environment, folder }) => {
      const { backend } = readConfiguration(folder);
      const state = backend && { bucket: backend.bucket, key: backend.key, region: backend.region };
      return { environment, stack: name, ...(state && { state }) };
    });
}

/**
 * The stacks whose synthesized configuration differs between two outputs, and those that depend on them. Paths of files
 * in the repository play no part: a setting touches exactly the stacks it is used in, a change of the documentation none.
 * @param base - folder of the synthesized output before
 * @param present - after
 */
export function changedStacks(base: string, present: string): ChangedStack[] {
  const before = new Map(readAllStacks(base).map(({ name, folder }) => [name, configurationHash(folder)]));
  const stacks = readAllStacks(present);
  const differing = new Set(
    stacks.filter(({ name, folder }) => before.get(name) !== configurationHash(folder)).map(({ name }) => name),
  );
  const touched = new Set(differing);
  // Stacks come after those they depend on, so that one pass reaches all.
  for (const { name, dependencies } of stacks) {
    if (dependencies.some((dependency) => touched.has(dependency))) touched.add(name);
  }
  return stacks
    .filter(({ name }) => touched.has(name))
    .map(({ name, environment }: Stack) => ({
      environment,
      stack: name,
      because: differing.has(name) ? "configuration" : "upstream",
    }));
}
