import { followUpStacks } from "../after-merge/follow-up-marker";
import { readAllStacks } from "../terraform/manifest";
import { messageOf, UserError } from "../user-error";
import { withOutputOf } from "./base-output";
import { type ChangedStack, changedStacks, type RemovedStack, removedStacks } from "./compare-outputs";

/** What a pull request has to plan. */
export interface Changed {
  /** The commit that was compared with. */
  readonly base: string;
  /** Why every stack counts as changed; undefined when the two could be compared. */
  readonly allBecause?: string;
  readonly stacks: readonly (Omit<ChangedStack, "because"> & { readonly because: ChangedStack["because"] | "all" })[];
  /** Stacks that the commit has and this tree has not, and those that follow-ups name. @default none, or not known */
  readonly removed?: readonly RemovedStack[];
}

export interface ChangedProps {
  readonly repository: string;
  /** Folder of the present synthesized output. */
  readonly present: string;
  /** When it is there. @default - it is */
  readonly synthesized?: Promise<void>;
  readonly progress: (line: string) => void;
}

/**
 * Compares the synthesized output with that of a commit. What can't be compared counts as changed, and so does what a
 * follow-up pull request names: it changes no configuration.
 * @throws what `synthesized` rejects with
 */
export async function changedSince(
  base: string,
  { repository, present, synthesized, progress }: ChangedProps,
): Promise<Changed> {
  try {
    const compare = async (before: string) => {
      await synthesized;
      return { stacks: changedStacks(before, present), removed: removedStacks(before, present) };
    };
    const before = synthesized?.catch(() => undefined);
    const { stacks, removed } = await withOutputOf(base, compare, { repository, before, progress });
    const left = await followUpStacks(base, repository);
    const all = readAllStacks(present);
    const further = all
      .filter(({ name }) => left.stacks.includes(name) && !stacks.some(({ stack }) => stack === name))
      .map(({ name, environment }) => ({ environment, stack: name, because: "all" as const }));
    const known = new Set([...all.map(({ name }) => name), ...removed.map(({ stack }) => stack)]);
    const gone = [...removed, ...left.removed.filter(({ stack }) => !known.has(stack))];
    return { base, stacks: [...stacks, ...further], ...(gone.length > 0 && { removed: gone }) };
  } catch (error) {
    await synthesized;
    if (!(error instanceof UserError)) throw error;
    const stacks = readAllStacks(present).map(({ name, environment }) => ({
      environment,
      stack: name,
      because: "all" as const,
    }));
    return { base, allBecause: messageOf(error), stacks };
  }
}
