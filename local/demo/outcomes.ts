import { prefixes } from "../../functions/common/layout";
import type { Outcome } from "./account";
import { bounded } from "./bounded";
import { failedImageIds } from "./failed-records";
import type { ObjectStore } from "./object-store";

/** The buckets that show where images ended. */
export interface OutcomeBuckets {
  readonly processed: string;
  readonly quarantine: string;
}

const featureKey = /^features\/dt=[^/]+\/(.+)-([0-9a-f]{12})\.json$/;
const refusedKey = /^refused\/dt=[^/]+\/([^/]+)\/reason\.json$/;

/** Reads back from S3 where images ended: feature records, reasons of refusal, and records that Lambda gave up on. */
export async function readOutcomes(store: ObjectStore, buckets: OutcomeBuckets): Promise<Outcome[]> {
  const [features, refused, failed] = await Promise.all([
    store.list(buckets.processed, prefixes.features),
    store.list(buckets.quarantine, prefixes.refused),
    store.list(buckets.quarantine, prefixes.failedRecords),
  ]);
  const processed = features.flatMap(({ key }): Outcome[] => {
    const [, imageId, version] = featureKey.exec(key) ?? [];
    if (imageId === undefined || version === undefined) return [];
    return [{ imageId, end: "processed", version, where: `${buckets.processed}/${key}` }];
  });
  const quarantined = await bounded(refused, 16, async ({ key }): Promise<Outcome[]> => {
    const imageId = refusedKey.exec(key)?.[1];
    if (imageId === undefined) return [];
    const reason = reasonOf(await store.get(buckets.quarantine, key));
    return [{ imageId, end: "refused", where: `${buckets.quarantine}/${key}`, ...(reason && { reason }) }];
  });
  const onFailure = await bounded(failed, 16, async ({ key }): Promise<Outcome[]> => {
    const ids = failedImageIds(await store.get(buckets.quarantine, key));
    return ids.map((imageId) => ({ imageId, end: "onFailure", where: `${buckets.quarantine}/${key}` }));
  });
  return [...processed, ...quarantined.flat(), ...onFailure.flat()];
}

function reasonOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const { reason } = JSON.parse(Buffer.from(bytes).toString("utf8")) as { reason?: unknown };
  return typeof reason === "string" ? reason : undefined;
}
