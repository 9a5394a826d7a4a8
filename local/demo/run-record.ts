import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { imageIdOfUpload } from "../../functions/common/keys";
import type { SentImage } from "./account";
import type { CorpusItem } from "./corpus/item";
import type { BegunUpload } from "./upload-journal";

const runRecord = z.strictObject({
  /** Part of every image's id, so that each run sends new images. */
  runId: z.string(),
  /** ISO 8601. The sending time of streamed images, too: sent again, they are the same images. */
  startedAt: z.string(),
  /** Hash of the corpus; a changed corpus makes another run. */
  corpus: z.string(),
  /** Whether every image has been accounted for. */
  complete: z.boolean(),
});

/** What is kept of the last run, so that a run that was stopped is taken up again. */
export type RunRecord = z.infer<typeof runRecord>;

/** Web app 1 takes an image's id for 24 hours; an hour of them is left for the sending. */
const oldestMilliseconds = 23 * 3_600_000;

/**
 * The last run, taken up again when it was stopped before its end within the last 23 hours and the corpus is still the same;
 * else a new one.
 */
export function openRun(
  file: string,
  items: readonly CorpusItem[],
  now: Date,
): RunRecord & { readonly resumed: boolean } {
  const corpus = createHash("sha256")
    .update(JSON.stringify(items.map(({ id, sha256 }) => [id, sha256])))
    .digest("hex");
  const last = readRun(file);
  const young = last !== undefined && now.getTime() - Date.parse(last.startedAt) < oldestMilliseconds;
  if (young && !last.complete && last.corpus === corpus) return { ...last, resumed: true };
  const runId = `r${now
    .toISOString()
    .replaceAll(/[-:.Z]/g, "")
    .replace("T", "-")}`;
  const run = { runId, startedAt: now.toISOString(), corpus, complete: false };
  writeRun(file, run);
  return { ...run, resumed: false };
}

/** Marks the run as accounted for; the next one sends new images. */
export const completeRun = (file: string, { runId, startedAt, corpus }: RunRecord): void =>
  writeRun(file, { runId, startedAt, corpus, complete: true });

function readRun(file: string): RunRecord | undefined {
  try {
    return runRecord.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

function writeRun(file: string, run: RunRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(run)}\n`);
  renameSync(`${file}.new`, file);
}

/** An image of a run: the corpus's file and its identity in the pipeline. */
export interface RunImage extends SentImage {
  readonly item: CorpusItem;
  /** Where an upload waits in the uploads bucket; empty for a streamed image, and for an upload that was not begun. */
  readonly key: string;
}

/**
 * The images a run sends. The same run gives streamed images the same ids; an upload's follows from the key that web app 2
 * gave it.
 * @param begun - the upload that was begun of a file of the corpus
 */
export function imagesOf(
  { runId, startedAt }: Pick<RunRecord, "runId" | "startedAt">,
  items: readonly CorpusItem[],
  uploadsBucket: string,
  begun: (id: string) => BegunUpload | undefined,
): RunImage[] {
  return items.map((item) => {
    const { source, name, kind } = item;
    const expectation = item.door === undefined ? item.expectation : (`turnedAway:${item.door}` as const);
    const common = { source, name, kind, expectation, item };
    if (source === "stream") return { ...common, imageId: streamedId(runId, startedAt, item.id), key: "" };
    const upload = begun(item.id);
    // What was turned away has no key; its id is in no bucket.
    if (upload === undefined) return { ...common, imageId: `${runId}-${item.id}`, key: "" };
    return { ...common, imageId: imageIdOfUpload(uploadsBucket, upload.key, upload.etag), key: upload.key };
  });
}

/** A UUID of version 7, as web app 1 wants it: 48 bits of milliseconds, the rest by hash (RFC 9562, 5.7). */
function streamedId(runId: string, startedAt: string, id: string): string {
  const bytes = createHash("sha256").update(`${runId}/${id}`).digest().subarray(0, 16);
  bytes.writeUIntBE(Date.parse(startedAt), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
