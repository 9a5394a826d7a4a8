import type { ObjectStore, RemovalRule, StoredObject } from "../object-store";
import { type FeatureRecord, parseFeatureRecord } from "./feature-record";
import { removalDate } from "./removal";

/** Address of a processed image on the page; also what its feature record's key is made of. */
export interface ImageAddress {
  /** YYYY-MM-DD */
  readonly day: string;
  /** `<image id>-<processing version>` */
  readonly file: string;
}

const key = /^features\/dt=(\d{4}-\d\d-\d\d)\/([A-Za-z0-9_-]{1,64}-[0-9a-f]{12})\.json$/;

/** The address in a feature record's key; undefined when the key is none. */
export function addressOf(featuresKey: string): ImageAddress | undefined {
  const [, day, file] = key.exec(featuresKey) ?? [];
  return day === undefined || file === undefined ? undefined : { day, file };
}

/** The feature record's key of an address out of a URL; undefined when it is no address, whatever it tries. */
export function featuresKeyOf({ day, file }: ImageAddress): string | undefined {
  const candidate = `features/dt=${day}/${file}.json`;
  return key.test(candidate) ? candidate : undefined;
}

export const imagePath = ({ day, file }: ImageAddress): string => `/images/${day}/${file}`;

/** An object and when S3 removes it. */
export interface DatedObject {
  readonly object: StoredObject;
  /** None: it is kept. */
  readonly removed: Date | undefined;
}

/** A processed image as the page shows it. */
export interface ProcessedImage {
  readonly address: ImageAddress;
  readonly record: FeatureRecord;
  /** The object behind each key the record names, as far as it is still there. */
  readonly objects: ReadonlyMap<string, DatedObject>;
}

/** Where processed images and their originals lie. */
export interface ImageBuckets {
  readonly uploads: string;
  readonly processed: string;
}

/** Reads the images behind feature records, and from the deployed lifecycle rules when each object goes. */
export async function readImages(
  store: ObjectStore,
  buckets: ImageBuckets,
  records: readonly StoredObject[],
): Promise<ProcessedImage[]> {
  const [processedRules, uploadRules] = await Promise.all([
    store.removalRules(buckets.processed),
    store.removalRules(buckets.uploads),
  ]);
  const parsed = await Promise.all(
    records.map(async (object) => ({
      object,
      record: parseFeatureRecord(await store.get(buckets.processed, object.key)),
    })),
  );
  const objects = new Map<string, DatedObject>();
  const add = (rules: readonly RemovalRule[], found: readonly StoredObject[]) => {
    for (const object of found) {
      objects.set(object.key, { object, removed: removalDate(rules, object.key, object.lastModified) });
    }
  };
  add(processedRules, records);
  await Promise.all(
    foldersOf(parsed.flatMap(({ record }) => record?.outputs.map(({ key }) => key) ?? [])).map(async (folder) =>
      add(processedRules, await store.list(buckets.processed, folder)),
    ),
  );
  await Promise.all(
    foldersOf(parsed.flatMap(({ record }) => (record ? [record.original.key] : []))).map(async (folder) =>
      add(uploadRules, await store.list(buckets.uploads, folder)),
    ),
  );
  return parsed.flatMap(({ object, record }) => {
    const address = addressOf(object.key);
    return record === undefined || address === undefined ? [] : [{ address, record, objects }];
  });
}

/** `images/dt=2026-01-31/`: one listing of a day is quicker than a question for each object. */
const foldersOf = (keys: readonly string[]): string[] => [
  ...new Set(keys.map((one) => one.split("/").slice(0, 2).join("/"))),
];
