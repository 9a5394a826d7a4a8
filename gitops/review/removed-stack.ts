import type { RemovedStack } from "../changed/compare-outputs";
import { counted } from "../settings-diff/words/words";
import type { ReadState } from "../terraform/state";

/** A stack that a pull request removes although AWS still has its resources: nobody would destroy or watch them. */
export interface LeftBehind {
  readonly stack: string;
  readonly resources: number;
  /** What to do about it; several lines. */
  readonly words: string;
}

/**
 * Of the stacks that are removed, those whose state still holds resources.
 * @param base - the commit that still has them
 * @throws UserError when a state can't be read
 */
export async function leftBehind(
  removed: readonly RemovedStack[],
  base: string,
  readState: ReadState,
): Promise<LeftBehind[]> {
  const found = await Promise.all(
    removed.map(async ({ environment, stack, state: place }): Promise<LeftBehind[]> => {
      const lookup = place && (await readState(place));
      const managed = lookup?.kind === "state" ? lookup.state.resources.filter(({ mode }) => mode === "managed") : [];
      const resources = managed.reduce((total, { instances }) => total + instances.length, 0);
      return resources === 0 ? [] : [{ stack, resources, words: wordsOf(environment, stack, resources, base) }];
    }),
  );
  return found.flat();
}

const wordsOf = (environment: string, stack: string, resources: number, base: string): string =>
  [
    `${stack} is removed, but ${counted(resources, "resource")} of it would stay in AWS, cost money and not be watched.`,
    "Leave the stack without resources first: that plan shows what is destroyed, and the gate holds it. Remove the stack afterwards.",
    "Or destroy them by hand, and run this plan again:",
    ...destroyLines(environment, stack, base).map((line) => `  ${line}`),
  ].join("\n");

/** The lines that destroy a stack as a commit has it, with credentials of the account. */
export const destroyLines = (environment: string, stack: string, base: string): readonly string[] => [
  `git checkout ${base} && npm ci && npm run bundle && npm run synth -- ${environment}`,
  `terraform -chdir=cdktf.out/stacks/${stack} init`,
  `terraform -chdir=cdktf.out/stacks/${stack} destroy`,
];
