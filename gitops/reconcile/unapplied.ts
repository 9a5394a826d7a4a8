import type { ApplyRecord, ApplyStart } from "../record/apply-record";
import { isEndedBy } from "../record/record-store";
import type { Merge } from "./merges";

/** A merge that an environment does not have, or not all of it. */
export interface Unapplied {
  readonly merge: Merge;
  /** One sentence. */
  readonly why: string;
}

/** A merge with what was recorded of it in one environment, in the order of their beginning. */
export interface RecordedMerge {
  readonly merge: Merge;
  readonly records: readonly ApplyRecord[];
  /** Applies that began and left no record. */
  readonly unfinished: readonly ApplyStart[];
}

const good = (outcome: string): boolean => outcome === "applied" || outcome === "nothing";

/**
 * The merges that are not applied: without a record, or with a stack that failed or was refused and that no later apply
 * has brought up to date.
 * @param merges - the oldest first
 * @param running - commits whose apply waits or runs: nothing is said of them yet
 */
export function unapplied(merges: readonly RecordedMerge[], running: ReadonlySet<string>): Unapplied[] {
  const all = merges.flatMap(({ records }) => records);
  return merges.flatMap(({ merge, records, unfinished }) => {
    if (running.has(merge.commit)) return [];
    const killed = unfinished.filter((start) => !isEndedBy(start, records)).at(-1);
    if (killed !== undefined) return [{ merge, why: killedWords(killed) }];
    const last = records.at(-1);
    if (last === undefined)
      return [{ merge, why: "There is no record of its apply: it was cancelled, or never began." }];
    const left = last.stacks
      .filter(({ outcome }) => !good(outcome))
      .map(({ stack }) => stack)
      .filter((stack) => !all.some((record) => record.startedAt > last.startedAt && isDone(record, stack)));
    if (left.length > 0) return [{ merge, why: `Not applied as it was reviewed: ${left.join(", ")}.` }];
    return good(last.outcome) || last.stacks.length > 0
      ? []
      : [{ merge, why: "Its apply failed before any stack was touched." }];
  });
}

const killedWords = ({ startedAt, environment, run: { id, attempt } }: ApplyStart): string =>
  `Its apply was killed: run ${id}, attempt ${attempt}, began ${startedAt} and left no record. A state may be locked, and something may be changed: run npm run doctor -- ${environment}, unlock what it names, then run the workflow's job again.`;

const isDone = ({ stacks }: ApplyRecord, name: string): boolean =>
  stacks.some(({ stack, outcome }) => stack === name && good(outcome));
