import * as z from "zod";
import { eachElement } from "./json-array";
import type { ResultStore } from "./result-store";
import type { RunEnd } from "./run-end";
import type { ChildState, Tally } from "./tally";

const file = z.object({ Key: z.string() });
const files = z.array(file).default([]);

/** `manifest.json` (Step Functions Developer Guide, "ResultWriter"). Its keys are those of the whole bucket. */
const manifestSchema = z.object({ ResultFiles: z.object({ SUCCEEDED: files, FAILED: files, PENDING: files }) });

const states: readonly ChildState[] = ["SUCCEEDED", "FAILED", "PENDING"];

/**
 * Sums up what a run's children did: from the result files that the manifest names, or from the answers themselves. A run that failed names no
 * manifest, so that it is looked for below the run's prefix. Without any, nothing was listed, or nothing is known.
 * @returns whether results were found.
 */
export async function sumUp({ results }: RunEnd, prefix: string, store: ResultStore, tally: Tally): Promise<boolean> {
  if (Array.isArray(results)) {
    for (const answer of results) tally.addAnswer(answer);
    return true;
  }
  const key = results?.ResultWriterDetails.Key ?? (await store.keys(prefix, "/manifest.json"))[0];
  if (key === undefined) return false;
  const chunks: Uint8Array[] = [];
  for await (const chunk of await store.read(key)) chunks.push(chunk);
  const { ResultFiles } = manifestSchema.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  for (const state of states) {
    for (const { Key } of ResultFiles[state]) {
      await eachElement(await store.read(Key), (entry) => tally.add(state, entry));
    }
  }
  return true;
}
