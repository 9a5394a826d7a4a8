import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dayOf, imageIdOfUpload, originalKey, refusedOriginalKey, refusedReasonKey } from "../../functions/common/keys";
import { inParallel } from "../../functions/common/parallel";
import { temporaryFolders } from "../fixtures/temporary-folder";
import { outputFaults } from "../support/corpora/check-outputs";
import { type CorpusFile, corpora, filesOf } from "../support/corpora/corpora";
import type { Listed } from "../support/corpora/messages";
import { mutations } from "../support/corpora/mutations";
import { type Outcome, readOutcome } from "../support/corpora/outcome";
import { memoryMegabytes, type Run, runFunction, workFolder } from "../support/corpora/run-function";
import { countedReason, type Row, table, tableIn } from "../support/corpora/table";
import { upload, uploadedAt } from "../support/corpora/upload";

const newFolder = temporaryFolders();
const day = dayOf(new Date(uploadedAt));
const minutes = 60_000;

let folder: string;
let groups: readonly (Pick<Row, "corpus" | "licence"> & { readonly files: readonly CorpusFile[] })[];
let items: readonly Listed[];
let run: Run;
let outcome: Outcome;

beforeAll(async () => {
  const published = corpora.map((corpus) => ({
    corpus: `${corpus.name} ${corpus.version}`,
    licence: corpus.licence,
    files: filesOf(corpus),
  }));
  const damaged = mutations(published.flatMap(({ files }) => files));
  groups = [...published, { corpus: "damaged by the test", licence: "as above", files: damaged }];
  folder = newFolder();
  items = await upload(
    folder,
    groups.flatMap(({ files }) => files),
  );
  run = await runFunction(folder, items);
  outcome = readOutcome(folder);
  keepDetails();
}, 10 * minutes);

/** What differs from computer to computer, and what helps to find a cause, is left in `.cache/tests/corpora/details.json`. */
function keepDetails(): void {
  const slowest = [...run.milliseconds].sort(([, one], [, other]) => other - one).slice(0, 20);
  const refused = [...outcome.refused].map(([name, { reason, message }]) => [name, `${reason}: ${message}`] as const);
  const details = {
    finished: run.finished,
    elapsedMilliseconds: run.elapsedMilliseconds,
    slowestMilliseconds: Object.fromEntries(slowest),
    refused: Object.fromEntries(refused.sort()),
  };
  writeFileSync(join(workFolder, "details.json"), `${JSON.stringify(details, null, 2)}\n`);
}

/** Names of the uploads, sorted. */
const names = (): string[] => items.map(({ Key }) => Key.slice("pending/".length)).sort();

const rows = (): Row[] => {
  const published = groups.slice(0, -1).flatMap(({ files }) => files);
  const [damaged] = groups.slice(-1);
  const all = { corpus: "together", licence: "", files: published };
  return [...groups.slice(0, -1), all, ...(damaged ? [damaged] : [])].map(({ files, ...group }) => {
    const refused: Record<string, number> = {};
    for (const { name } of files) {
      const record = outcome.refused.get(name);
      if (record === undefined) continue;
      const reason = countedReason(record);
      refused[reason] = (refused[reason] ?? 0) + 1;
    }
    const processed = files.filter(({ name }) => outcome.processed.has(name)).length;
    return { ...group, files: files.length, processed, refused };
  });
};

describe("files that nobody here made, and damaged ones, in the function as it is deployed", () => {
  it("are at least 1,000, of which at least a fifth is refused", () => {
    const published = groups.slice(0, -1).flatMap(({ files }) => files);
    expect(published.length).toBeGreaterThanOrEqual(1000);
    const refused = published.filter(({ name }) => outcome.refused.has(name));
    expect(refused.length).toBeGreaterThanOrEqual(published.length / 5);
  });

  it("neither crash the function nor make it hang, and none fails for what looks like a fault of the moment", () => {
    const { end, hanging, underWay, errors, finished } = run;
    expect({ end, hanging, underWay, errors, failed: finished?.failed }).toEqual({
      end: "exit code 0",
      hanging: [],
      underWay: [],
      errors: [],
      failed: [],
    });
  });

  it("are each either processed or refused, never both, and none is left", () => {
    expect([...outcome.processed.keys(), ...outcome.refused.keys()].sort()).toEqual(names());
    expect(outcome.pending).toEqual([]);
  });

  it("leave exactly the objects that belong to them", () => {
    const expected: Record<keyof Outcome["keys"], string[]> = { uploads: [], processed: [], quarantine: [] };
    for (const { Key, ETag } of items) {
      const place = { imageId: imageIdOfUpload("uploads", Key, ETag), day };
      const record = outcome.processed.get(Key.slice("pending/".length));
      if (record === undefined) expected.quarantine.push(refusedOriginalKey(place), refusedReasonKey(place));
      else {
        expected.uploads.push(originalKey(place));
        expected.processed.push(...record.outputs.map(({ key }) => key));
        expected.processed.push(`features/dt=${day}/${place.imageId}-${record.processingVersion}.json`);
      }
    }
    for (const bucket of ["uploads", "processed", "quarantine"] as const)
      expect(outcome.keys[bucket]).toEqual(expected[bucket].sort());
  });

  it("are refused with a sentence that says why, on one line", () => {
    const mute = [...outcome.refused.values()].filter(({ message }) => !/^[A-Z][^\n]{10,}$/.test(message));
    expect(mute).toEqual([]);
  });

  it(
    "give pictures that decode to the end, in sRGB, within the rendition's box, without the original's metadata",
    async () => {
      const faults = await inParallel([...outcome.processed.values()], 4, (record) =>
        outputFaults(folder, record).catch((error: unknown) => [`${record.name}: ${String(error)}`]),
      );
      expect(faults.flat()).toEqual([]);
    },
    5 * minutes,
  );

  it("never need more memory than the function has in production", () => {
    expect((run.finished?.peakBytes ?? Number.POSITIVE_INFINITY) / 1024 ** 2).toBeLessThan(memoryMegabytes);
  });

  it("come out as docs/hostile.md says, corpus by corpus and reason by reason", () => {
    expect(table(rows())).toBe(tableIn(readFileSync(join(resolve(__dirname, "../.."), "docs/hostile.md"), "utf8")));
  });
});
