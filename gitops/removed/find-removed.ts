import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { withOutputOf } from "../changed/base-output";
import type { RemovedStack } from "../changed/compare-outputs";
import type { Context } from "../options";
import { readConfiguration, type S3Location } from "../terraform/configuration";
import { bootstrapLayer, readStacks, type Stack } from "../terraform/manifest";
import type { ReadState } from "../terraform/state";
import { UserError } from "../user-error";
import { managedResources } from "./managed-resources";

/** Looks for stacks to destroy: of those that are removed, with the names of those that are wanted also where nothing is left. */
export type FindRemoved = (removed: readonly RemovedStack[], also?: ReadonlySet<string>) => Promise<Stack[]>;

/** {@link findRemoved} in this repository, for what `base` still has of the context's environment. */
export const removedFinder =
  ({ environment, readState, workFolder, progress }: Context, base: string): FindRemoved =>
  (removed, also) =>
    findRemoved(removed, {
      ...{ environment, base, readState, also },
      repository: repositoryFolder(),
      folder: join(workFolder, "removed"),
      progress: (message) => progress({ step: "prepare", message }),
    });

export interface FindRemovedProps {
  readonly environment: string;
  /** The commit that has those of which no other is named. */
  readonly base: string;
  /** A checkout that has the commits. */
  readonly repository: string;
  /** Where their configurations are put, a folder a stack, in place of those of an earlier time. */
  readonly folder: string;
  readonly readState: ReadState;
  readonly progress: (line: string) => void;
  /** Names of those that are wanted also where nothing is left of them. */
  readonly also?: ReadonlySet<string> | undefined;
}

/**
 * Of the stacks that are removed from an environment, those to destroy: their state still holds resources. They are synthesized as a
 * commit had them, since Terraform destroys by a configuration, too. Without the bootstrap stack, which no merge touches.
 * @throws UserError when a state can't be read, or a commit has no such stack or can't be synthesized
 */
export async function findRemoved(removed: readonly RemovedStack[], props: FindRemovedProps): Promise<Stack[]> {
  const { environment, base, repository, folder, readState, progress, also = new Set() } = props;
  const isLeft = async (stack: string, state: S3Location): Promise<boolean> =>
    also.has(stack) || (await managedResources(state, readState)) > 0;
  const commits = new Map<string, string[]>();
  for (const { environment: where, stack, state, from = base } of removed) {
    if (where !== environment || stack === `${environment}-${bootstrapLayer}`) continue;
    // Most that are removed hold nothing, and a synth takes seconds.
    if (state && !(await isLeft(stack, state))) continue;
    commits.set(from, [...(commits.get(from) ?? []), stack]);
  }
  rmSync(folder, { recursive: true, force: true });
  const found: Stack[] = [];
  for (const [from, names] of commits) {
    const take = async (output: string): Promise<void> => {
      const stacks = readStacks(output, environment);
      for (const name of names) {
        const stack = stacks.find((each) => each.name === name);
        if (stack === undefined)
          throw new UserError(`${name} is to be destroyed as ${from} has it, but that has none.`);
        const { backend } = readConfiguration(stack.folder);
        if (backend === undefined || !(await isLeft(name, backend))) continue;
        const kept = join(folder, name);
        mkdirSync(folder, { recursive: true });
        cpSync(stack.folder, kept, { recursive: true });
        const dependants = stacks.filter(({ dependencies }) => dependencies.includes(name)).map((each) => each.name);
        found.push({ ...stack, folder: kept, removed: { from, dependants } });
      }
    };
    await withOutputOf(from, take, { repository, progress });
  }
  return found;
}
