import type { LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, NotFound, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { listedPlace } from "../../functions/batch/listed-place";
import { featuresKey, refusedOriginalKey } from "../../functions/common/keys";
import { prefixes } from "../../functions/common/layout";
import type { Backoff } from "../../local/event-source/backoff";
import { takeImages } from "../dispatch";
import { forEachAtMost, inBatches, onlyWanted } from "../flow";
import { type ListedObject, objectsBelow } from "../listing";

/** What became of refused images. */
export interface RefusedCounts {
  /** Images of the wanted reasons. */
  readonly images: number;
  /** Processed now; what lay in quarantine is gone. */
  readonly processed: number;
  /** Refused again; they stay as they lie. */
  readonly refused: number;
  /** Not finished: they stay, and may be redriven again. */
  readonly failed: number;
  /** Why calls failed, ten at most. */
  readonly failures: readonly string[];
}

export interface RefusedProps {
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly quarantineBucket: string;
  readonly processedBucket: string;
  readonly functionName: string;
  /** The present version of the processing. */
  readonly version: string;
  readonly reasons: ReadonlySet<string>;
  /** Images a call gets. */
  readonly imagesACall: number;
  readonly callsAtOnce: number;
  readonly wanted: (instant: Date) => boolean;
  readonly dryRun: boolean;
  readonly onProgress: (images: number) => void;
  /** @default - half a second to 20 seconds */
  readonly backoff?: Backoff;
}

const mostFailures = 10;

/**
 * Takes images that were refused for some reasons through the present processing. What lies in quarantine is removed once the image's feature record is there:
 * first the original, then the reason, so that an image whose removal breaks off is still found as refused and its removal is made up for.
 */
export async function redriveRefused(props: RefusedProps): Promise<RefusedCounts> {
  const { imagesACall, callsAtOnce, dryRun, onProgress } = props;
  const sum = { images: 0, processed: 0, refused: 0, failed: 0 };
  const failures: string[] = [];
  const one = async (batch: readonly ListedObject[]): Promise<void> => {
    sum.images += batch.length;
    if (dryRun) return;
    const { left, failure } = await takeImages(batch, props);
    if (failure !== undefined && failures.length < mostFailures) failures.push(failure);
    const unfinished = new Set(left);
    for (const object of batch) {
      if (await removeIfProcessed(object, props)) sum.processed++;
      else if (unfinished.has(object.key)) sum.failed++;
      else sum.refused++;
    }
    onProgress(sum.images);
  };
  await forEachAtMost(inBatches(wantedImages(props), imagesACall), callsAtOnce, one);
  return { ...sum, failures };
}

const reasonSchema = z.object({ reason: z.string() });

/** Reasons read at once. */
const readsAtOnce = 32;

/** Objects that hold a reason that is asked for, in the order of their keys. */
function wantedImages({ s3, quarantineBucket, reasons, wanted }: RefusedProps): AsyncGenerator<ListedObject> {
  const refusals = objectsBelow(s3, quarantineBucket, prefixes.refused);
  return onlyWanted(refusals, readsAtOnce, async ({ key, lastModified }) => {
    if (listedPlace(key) === undefined || !wanted(lastModified)) return false;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: quarantineBucket, Key: key }));
    return reasons.has(reasonSchema.parse(JSON.parse((await Body?.transformToString()) ?? "null")).reason);
  });
}

/** @returns whether the image is processed. */
async function removeIfProcessed({ key }: ListedObject, props: RefusedProps): Promise<boolean> {
  const { s3, quarantineBucket: Bucket, processedBucket, version } = props;
  const place = listedPlace(key);
  if (place === undefined) return false;
  try {
    await s3.send(new HeadObjectCommand({ Bucket: processedBucket, Key: featuresKey(place, version) }));
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
  await s3.send(new DeleteObjectCommand({ Bucket, Key: refusedOriginalKey(place) }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
  return true;
}
