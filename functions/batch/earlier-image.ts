import * as z from "zod";
import { featuresKey, originalKey, refusedOriginalKey, refusedReasonKey } from "../common/keys";
import { prefixes } from "../common/layout";
import type { ProcessingDependencies } from "../common/process-image";
import type { SourceImage } from "../common/source-image";
import type { ObjectName } from "../common/store";
import type { ListedPlace } from "./listed-place";

/** What is known of an image that was processed or refused before. */
export interface EarlierImage extends Pick<SourceImage, "imageId" | "day" | "source" | "name" | "receivedAt"> {
  readonly original: ObjectName;
  readonly sizeBytes?: number;
  /** The original lies in quarantine. */
  readonly refused: boolean;
}

const identity = z.object({
  source: z.enum(["stream", "upload"]),
  name: z.string(),
  receivedAt: z.iso.datetime({ offset: true }).transform((instant) => new Date(instant)),
});
const featureRecord = identity.extend({
  original: z.object({ bucket: z.string(), key: z.string(), sizeBytes: z.number() }),
});
const refusal = identity.extend({ sizeBytes: z.number() });

/** A record or a reason is a line of JSON of few kilobytes. */
const mostBytes = 1024 * 1024;

/**
 * Reads what an earlier run wrote down about the image. An original whose feature record is gone keeps its place; its name is its id then.
 * @returns undefined when the record is gone.
 * @throws Error when it is none of ours.
 */
export async function earlierImage(
  place: ListedPlace,
  { store, environment }: Pick<ProcessingDependencies, "store" | "environment">,
): Promise<EarlierImage | undefined> {
  const { imageId, day } = place;
  const read = async <T>(schema: z.ZodType<T>, object: ObjectName): Promise<T | undefined> => {
    const found = await store.get(object, mostBytes);
    if (found.state === "missing") return undefined;
    const content = found.state === "found" ? schema.safeParse(parsed(found.bytes)) : undefined;
    if (content?.success !== true) throw new Error(`${object.key} is no record that this pipeline wrote`);
    return content.data;
  };
  if (place.kind === "original") {
    const original = { bucket: environment.uploadsBucket, key: originalKey(place) };
    // Uploads get their id from us (keys.ts, imageIdOfUpload); whoever streams images chooses ids.
    const source = /^[0-9a-f]{32}$/.test(imageId) ? "upload" : "stream";
    return {
      imageId,
      day,
      source,
      name: imageId,
      receivedAt: new Date(`${day}T00:00:00.000Z`),
      original,
      refused: false,
    };
  }
  if (place.kind === "refused") {
    const bucket = environment.quarantineBucket;
    const known = await read(refusal, { bucket, key: refusedReasonKey(place) });
    const original = { bucket, key: refusedOriginalKey(place) };
    return known && { ...known, imageId, day, original, refused: true };
  }
  const key = featuresKey(place, place.version ?? "");
  const known = await read(featureRecord, { bucket: environment.processedBucket, key });
  if (known === undefined) return undefined;
  const { original, ...rest } = known;
  const ours = [prefixes.originals, prefixes.claims].some((prefix) => original.key.startsWith(prefix));
  if (original.bucket !== environment.uploadsBucket || !ours) {
    throw new Error(`${key} names an original outside of the bucket ${environment.uploadsBucket}`);
  }
  const { sizeBytes, ...object } = original;
  return { ...rest, imageId, day, original: object, sizeBytes, refused: false };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}
