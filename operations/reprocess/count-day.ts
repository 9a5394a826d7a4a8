import type { S3Client } from "@aws-sdk/client-s3";
import { listedPlace } from "../../functions/batch/listed-place";
import { isOnItsWay } from "../../functions/batch/on-its-way";
import { prefixes } from "../../functions/common/layout";
import { objectsBelow } from "../listing";

/** Images of one day of arrival. */
export interface DayCounts {
  readonly day: string;
  /** With a feature record of any version. */
  readonly recorded: number;
  /** Of these, processed by the present version already. */
  readonly current: number;
  /** Originals whose feature record is gone; those of images on their first way are not counted. */
  readonly unrecorded: number;
}

/** Images that go through again. */
export const toProcess = ({ recorded, current, unrecorded }: DayCounts): number => recorded - current + unrecorded;

interface CountProps {
  readonly s3: S3Client;
  readonly uploadsBucket: string;
  readonly processedBucket: string;
  /** The present version of the processing. */
  readonly version: string;
  /** Only images whose id begins so. */
  readonly prefix: string;
  readonly now: Date;
}

/**
 * Counts a day's images from two listings side by side; nothing is read, and memory stays flat. Keys of both come in the order of ids, since no character
 * of an id sorts before the `-` that follows it in a feature record's key.
 */
export async function countDay(day: string, props: CountProps): Promise<DayCounts> {
  const { s3, uploadsBucket, processedBucket, version, prefix, now } = props;
  const below = `dt=${day}/${prefix}`;
  const features = objectsBelow(s3, processedBucket, `${prefixes.features}${below}`);
  const counts = { day, recorded: 0, current: 0, unrecorded: 0 };
  const known = new RecentIds();
  let ended = false;
  /** Takes records up to a key; those of ids before `wanted` are not asked for any more. */
  const takeUpTo = async (beyond: string, wanted: string): Promise<void> => {
    for (let last = ""; !ended && last < beyond; ) {
      const next = await features.next();
      if (next.done) {
        ended = true;
        return;
      }
      last = next.value.key;
      const place = listedPlace(last);
      if (place === undefined) continue;
      known.forgetBefore(place.imageId < wanted ? place.imageId : wanted);
      if (known.add(place.imageId)) counts.recorded++;
      if (place.version === version) counts.current++;
    }
  };
  for await (const { key, lastModified } of objectsBelow(s3, uploadsBucket, `${prefixes.originals}${below}`)) {
    const place = listedPlace(key);
    if (place === undefined) continue;
    const { imageId } = place;
    // Versions are hexadecimal: every record of this id lies before this key.
    await takeUpTo(`${prefixes.features}dt=${day}/${imageId}-g`, imageId);
    known.forgetBefore(imageId);
    if (!known.has(imageId) && !isOnItsWay(lastModified, now)) counts.unrecorded++;
  }
  await takeUpTo(lastKey, lastKey);
  return counts;
}

/** After every key and id, which are ASCII. */
const lastKey = "\uffff";

/** Ids of records that were listed but may still be asked for. */
class RecentIds {
  private readonly ids = new Set<string>();

  /** @returns whether it is new. */
  add(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    return true;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** An id that is a beginning of the present one may still get records: `a-<version>` sorts among those of `a-b`. */
  forgetBefore(id: string): void {
    for (const one of this.ids) if (one < id && !id.startsWith(`${one}-`)) this.ids.delete(one);
  }
}
