import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FeatureRecord } from "../../../functions/common/feature-record";
import { prefixes } from "../../../functions/common/layout";
import type { RefusalRecord } from "../../../functions/common/quarantine";

/** What the buckets hold after a run. */
export interface Outcome {
  /** Feature records, by the image's name. */
  readonly processed: ReadonlyMap<string, FeatureRecord>;
  /** Reasons, by the image's name. */
  readonly refused: ReadonlyMap<string, RefusalRecord>;
  /** Keys of the uploads that still wait. */
  readonly pending: readonly string[];
  /** Keys of everything else, sorted, by bucket. */
  readonly keys: Readonly<Record<"uploads" | "processed" | "quarantine", readonly string[]>>;
}

const keysOf = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort()
    : [];

/** Reads the buckets. Two records of one image would be a fault, so names must be unique. @throws Error when they are not. */
export function readOutcome(folder: string): Outcome {
  const read = <T extends { readonly name: string }>(bucket: string, keys: readonly string[]): Map<string, T> => {
    const records = keys.map((key) => JSON.parse(readFileSync(join(folder, bucket, key), "utf8")) as T);
    const named = new Map(records.map((record) => [record.name, record]));
    if (named.size !== records.length) throw new Error(`${bucket} holds two records of one image`);
    return named;
  };
  const uploads = keysOf(join(folder, "uploads"));
  const processed = keysOf(join(folder, "processed"));
  const quarantine = keysOf(join(folder, "quarantine"));
  const isPending = (key: string): boolean => key.startsWith(prefixes.pending);
  return {
    processed: read(
      "processed",
      processed.filter((key) => key.startsWith(prefixes.features)),
    ),
    refused: read(
      "quarantine",
      quarantine.filter((key) => key.endsWith("/reason.json")),
    ),
    pending: uploads.filter(isPending),
    keys: { uploads: uploads.filter((key) => !isPending(key)), processed, quarantine },
  };
}
