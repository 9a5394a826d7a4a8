import type { AppendOnlyStore } from "../store/append-only-store";
import { UserError } from "../user-error";
import { type ApplyRecord, applyRecordSchema } from "./apply-record";

/** Keys in the plans bucket to which the role of applies may add. */
const prefix = "records/";

/** Records of applies: one object a commit, environment and run. */
export class RecordStore {
  constructor(private readonly store: AppendOnlyStore) {}

  /** @throws UserError when this run has left a record already. */
  async put(record: ApplyRecord): Promise<void> {
    const { merge, environment, run } = record;
    const key = `${prefix}${merge}/${environment}/${run.id}-${run.attempt}.json`;
    if (await this.store.put(key, Buffer.from(`${JSON.stringify(record, null, 2)}\n`))) return;
    throw new UserError(
      `${this.store.place}/${key}: there is a record of this run already, and records are never overwritten.`,
    );
  }

  /** The records of a commit, in the order in which they began. A record that can't be read is an error, not nothing. */
  async of(merge: string): Promise<ApplyRecord[]> {
    const keys = await this.store.list(`${prefix}${merge}/`);
    const records = await Promise.all(keys.map((key) => this.read(key)));
    return records.sort((one, other) =>
      one.startedAt < other.startedAt ? -1 : one.startedAt > other.startedAt ? 1 : 0,
    );
  }

  private async read(key: string): Promise<ApplyRecord> {
    const content = await this.store.get(key);
    try {
      return applyRecordSchema.parse(JSON.parse(Buffer.from(content ?? []).toString("utf8")));
    } catch {
      throw new UserError(
        `${this.store.place}/${key}: expected the record of an apply, but the object is none. Look at who wrote it.`,
      );
    }
  }
}
