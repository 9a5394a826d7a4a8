import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { imageIdOfUpload } from "../../functions/common/keys";
import { prefixes } from "../../functions/common/layout";
import type { SentImage } from "./account";
import type { CorpusItem } from "./corpus/item";

const runRecord = z.strictObject({
  /** Part of every image's id, so that each run sends new images. */
  runId: z.string(),
  /** ISO 8601. The images' sending time, too: sent again, they are the same images. */
  startedAt: z.string(),
  /** Hash of the corpus; a changed corpus makes another run. */
  corpus: z.string(),
  /** Whether every image has been accounted for. */
  complete: z.boolean(),
});

/** What is kept of the last run, so that a run that was stopped is taken up again. */
export type RunRecord = z.infer<typeof runRecord>;

/** The last run, taken up again when it was stopped before its end and the corpus is still the same; else a new one. */
export function openRun(
  file: string,
  items: readonly CorpusItem[],
  now: Date,
): RunRecord & { readonly resumed: boolean } {
  const corpus = createHash("sha256")
    .update(JSON.stringify(items.map(({ id, sha256 }) => [id, sha256])))
    .digest("hex");
  const last = readRun(file);
  if (last !== undefined && !last.complete && last.corpus === corpus) return { ...last, resumed: true };
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
  /** Where an upload waits in the uploads bucket; empty for a streamed image. */
  readonly key: string;
}

/** The images a run sends. The same run gives the same ids. */
export function imagesOf(runId: string, items: readonly CorpusItem[], uploadsBucket: string): RunImage[] {
  return items.map((item) => {
    const { source, name, kind, expectation } = item;
    const common = { source, name, kind, expectation, item };
    if (source === "stream") return { ...common, imageId: `${runId}-${item.id}`, key: "" };
    const key = `${prefixes.pending}${runId}/${item.id}-${name.replaceAll("/", "_")}`;
    return { ...common, imageId: imageIdOfUpload(uploadsBucket, key, item.md5), key };
  });
}
