import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UploadJournal } from "../../../local/demo/upload-journal";
import { temporaryFolders } from "../../fixtures/temporary-folder";

const temporaryFolder = temporaryFolders();
const upload = (id: string, key = `pending/${id}`) => ({ id, key, etag: "0" });

it("knows after a kill what was begun, the last one of each file, also behind a line that was cut off", () => {
  const file = join(temporaryFolder(), "new", "uploads.jsonl");
  const killed = new UploadJournal(file, "r1");
  killed.begin(upload("a"));
  killed.begin(upload("a", "pending/again"));
  appendFileSync(file, '\n{"runId":"r1","id":"b","ke');
  new UploadJournal(file, "r1").begin(upload("c"));
  const journal = new UploadJournal(file, "r1");
  expect(["a", "b", "c"].map((id) => journal.of(id)?.key)).toEqual(["pending/again", undefined, "pending/c"]);
});

it("forgets the uploads of earlier runs", () => {
  const file = join(temporaryFolder(), "uploads.jsonl");
  new UploadJournal(file, "r1").begin(upload("a"));
  expect(new UploadJournal(file, "r2").of("a")).toBeUndefined();
  expect(readFileSync(file, "utf8")).toBe("");
});
