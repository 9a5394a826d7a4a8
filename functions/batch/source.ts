import { dayOf, imageIdOfUpload, originalKey } from "../common/keys";
import { prefixes } from "../common/layout";
import type { ProcessingDependencies } from "../common/process-image";
import type { SourceImage } from "../common/source-image";
import type { ListedItem } from "./event";

/** An uploaded image: it waits under `pending/`, and moves to `originals/` or to quarantine. */
export function sourceOf(
  { key, etag, sizeBytes, lastModified }: ListedItem,
  { store, environment }: Pick<ProcessingDependencies, "store" | "environment">,
): SourceImage {
  const bucket = environment.uploadsBucket;
  const pending = { bucket, key };
  const place = { imageId: imageIdOfUpload(bucket, key, etag), day: dayOf(lastModified) };
  const original = { bucket, key: originalKey(place) };
  const copy = async (target: typeof original): Promise<void> => {
    if (await store.copy(pending, target, etag)) return;
    throw new Error(`${key} was replaced or removed while it was being processed`);
  };
  return {
    ...place,
    source: "upload",
    name: key.slice(prefixes.pending.length),
    receivedAt: lastModified,
    sizeBytes,
    sha256: undefined,
    // It waits until its record is written, no longer.
    comesAgain: false,
    read: (maxBytes) => store.get(pending, maxBytes, etag),
    keepOriginal: async () => {
      await copy(original);
      return original;
    },
    quarantineOriginal: copy,
    finish: () => store.delete(pending, etag),
  };
}
