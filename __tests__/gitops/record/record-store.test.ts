import { join } from "node:path";
import type { ApplyRecord } from "../../../gitops/record/apply-record";
import { RecordStore } from "../../../gitops/record/record-store";
import { FolderStore } from "../../../gitops/store/folder-store";
import { testFolder, write } from "../../support/folders";

const folder = testFolder();
const merge = "1".repeat(40);
const record = (more: Partial<ApplyRecord> = {}): ApplyRecord => ({
  version: 1,
  merge,
  pullRequest: 12,
  environment: "prod",
  startedAt: "2026-01-01T00:00:00Z",
  endedAt: "2026-01-01T00:01:00Z",
  outcome: "applied",
  stacks: [],
  run: { id: "77", attempt: 1 },
  actor: "someone",
  approvedBy: [],
  ...more,
});

it("gives the records of a commit in the order of their beginning", async () => {
  const records = new RecordStore(new FolderStore(join(folder, "a")));
  const later = record({ environment: "dev", startedAt: "2026-01-02T00:00:00Z" });
  for (const each of [later, record(), record({ merge: "2".repeat(40) })]) await records.put(each);
  expect(await records.of(merge)).toEqual([record(), later]);
  expect(await records.of("3".repeat(40))).toEqual([]);
});

it("keeps one whose answer got lost, so that it was put twice", async () => {
  const kept = new FolderStore(join(folder, "lost"));
  const lossy = {
    place: kept.place,
    get: (key: string) => kept.get(key),
    list: (prefix: string) => kept.list(prefix),
    // As the SDK does when S3 took it and did not answer.
    put: async (key: string, content: Uint8Array) => {
      await kept.put(key, content);
      return kept.put(key, content);
    },
  };
  const records = new RecordStore(lossy);
  await records.put(record());
  expect(await records.of(merge)).toEqual([record()]);
});

it("never overwrites one", async () => {
  const place = join(folder, "b");
  const records = new RecordStore(new FolderStore(place));
  await records.put(record());
  await expect(records.put(record({ outcome: "failed" }))).rejects.toThrow(
    `${place}/records/${merge}/prod/77-1.json: there is a record of this run already, and records are never overwritten.`,
  );
});

it("does not take a broken record for none", async () => {
  const place = join(folder, "c");
  write(join(place, "records", merge, "prod", "1-1.json"), "{");
  await expect(new RecordStore(new FolderStore(place)).of(merge)).rejects.toThrow(
    `${place}/records/${merge}/prod/1-1.json: expected the record of an apply, but the object is none. Look at who wrote it.`,
  );
});

it("knows which applies began and left no record", async () => {
  const records = new RecordStore(new FolderStore(join(folder, "d")));
  const { endedAt: _, outcome: __, stacks: ___, approvedBy: ____, ...start } = record();
  const killed = { ...start, run: { id: "76", attempt: 1 } };
  for (const each of [start, killed]) await records.begin(each);
  await records.put(record());
  expect(await records.unfinished(merge)).toEqual([killed]);
  expect(await records.of(merge)).toEqual([record()]);
  const another = { ...start, startedAt: "2026-01-03T00:00:00Z" };
  await expect(records.begin(another)).rejects.toThrow("77-1.started.json: there is a record of this run already");
});
