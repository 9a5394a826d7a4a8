import type { z } from "zod";
import type { AppendOnlyStore } from "../store/append-only-store";
import { UserError } from "../user-error";
import { type ApplyRecord, type ApplyStart, applyRecordSchema, applyStartSchema } from "./apply-record";

/** Keys in the plans bucket to which the role of applies may add. */
const prefix = "records/";

const startEnding = ".started.json";

const keyOf = ({ merge, environment, run }: Pick<ApplyRecord, "merge" | "environment" | "run">): string =>
  `${prefix}${merge}/${environment}/${run.id}-${run.attempt}`;

/** Records of applies: one object a commit, environment and run. */
export class RecordStore {
  constructor(private readonly store: AppendOnlyStore) {}

  /** Says that a run begins, before it changes anything. @throws UserError when it has said otherwise already. */
  async begin(start: ApplyStart): Promise<void> {
    await this.write(`${keyOf(start)}${startEnding}`, start);
  }

  /** @throws UserError when this run has left another record already. */
  async put(record: ApplyRecord): Promise<void> {
    await this.write(`${keyOf(record)}.json`, record);
  }

  /** The records of a commit, in the order in which they began. A record that can't be read is an error, not nothing. */
  async of(merge: string): Promise<ApplyRecord[]> {
    const keys = await this.store.list(`${prefix}${merge}/`);
    const records = keys.filter((key) => !key.endsWith(startEnding)).map((key) => this.read(key, applyRecordSchema));
    return inOrder(await Promise.all(records));
  }

  /** Applies of a commit that began and left no record: they run, or were killed. */
  async unfinished(merge: string): Promise<ApplyStart[]> {
    return this.openOf(await this.store.list(`${prefix}${merge}/`));
  }

  /** Those of all commits in one environment, but for what a later run of the same commit has ended. */
  async allUnfinished(environment: string): Promise<ApplyStart[]> {
    const keys = (await this.store.list(prefix)).filter((key) => key.split("/")[2] === environment);
    const open = await this.openOf(keys);
    const merges = [...new Set(open.map(({ merge }) => merge))];
    const ended = (await Promise.all(merges.map((merge) => this.of(merge)))).flat();
    return open.filter((start) => !isEndedBy(start, ended));
  }

  private async openOf(keys: readonly string[]): Promise<ApplyStart[]> {
    const open = keys.filter(
      (key) => key.endsWith(startEnding) && !keys.includes(`${key.slice(0, -startEnding.length)}.json`),
    );
    return inOrder(await Promise.all(open.map((key) => this.read(key, applyStartSchema))));
  }

  private async write(key: string, content: object): Promise<void> {
    const text = Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
    if (await this.store.put(key, text)) return;
    // S3 may take an object and its answer get lost; asked again, it says that the object is there.
    const there = await this.store.get(key);
    if (there !== undefined && text.equals(there)) return;
    throw new UserError(
      `${this.store.place}/${key}: there is a record of this run already, and records are never overwritten.`,
    );
  }

  private async read<T>(key: string, schema: z.ZodType<T>): Promise<T> {
    const content = await this.store.get(key);
    try {
      return schema.parse(JSON.parse(Buffer.from(content ?? []).toString("utf8")));
    } catch {
      throw new UserError(
        `${this.store.place}/${key}: expected the record of an apply, but the object is none. Look at who wrote it.`,
      );
    }
  }
}

/** Whether a later run of the same commit in the same environment has left a record. */
export const isEndedBy = (start: ApplyStart, records: readonly ApplyRecord[]): boolean =>
  records.some(
    ({ merge, environment, startedAt }) =>
      merge === start.merge && environment === start.environment && startedAt > start.startedAt,
  );

const inOrder = <T extends { readonly startedAt: string }>(items: T[]): T[] =>
  items.sort((one, other) => (one.startedAt < other.startedAt ? -1 : one.startedAt > other.startedAt ? 1 : 0));
