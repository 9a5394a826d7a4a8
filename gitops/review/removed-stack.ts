import type { RemovedStack } from "../changed/compare-outputs";
import { destroyLines } from "../removed/by-hand";
import { managedResources } from "../removed/managed-resources";
import { counted } from "../settings-diff/words/words";
import { bootstrapLayer } from "../terraform/manifest";
import type { ReadState } from "../terraform/state";

/** A stack that a pull request removes and no merge may destroy, although AWS still has its resources. */
export interface LeftBehind {
  readonly stack: string;
  readonly resources: number;
  /** What to do about it; several lines. */
  readonly words: string;
}

/**
 * Of the stacks that are removed, the bootstrap stack where its state still holds resources: the roles by which everything else is
 * applied, and the states.
 * @param base - the commit that still has it
 * @throws UserError when its state can't be read
 */
export async function leftBehind(
  removed: readonly RemovedStack[],
  base: string,
  readState: ReadState,
): Promise<LeftBehind[]> {
  const found = await Promise.all(
    removed.map(async ({ environment, stack, state: place }): Promise<LeftBehind[]> => {
      if (stack !== `${environment}-${bootstrapLayer}` || place === undefined) return [];
      const resources = await managedResources(place, readState);
      return resources === 0 ? [] : [{ stack, resources, words: wordsOf(environment, stack, resources, base) }];
    }),
  );
  return found.flat();
}

const wordsOf = (environment: string, stack: string, resources: number, base: string): string =>
  [
    `${stack} is removed, but ${counted(resources, "resource")} of it would stay in AWS, cost money and not be watched. No merge destroys it:`,
    "an administrator does, after all other stacks of the environment, and runs this plan again:",
    ...destroyLines(environment, stack, base).map((line) => `  ${line}`),
  ].join("\n");
