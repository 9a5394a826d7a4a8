import {
  type _Object,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  type LifecycleRule,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { ClientSettings } from "./client-settings";
import type { ObjectStore, RemovalRule, StoredObject } from "./object-store";

/** The account's S3, as an {@link ObjectStore}. */
export function s3Store(settings: ClientSettings): ObjectStore {
  const client = new S3Client({ ...settings, forcePathStyle: true });
  return {
    async list(Bucket, Prefix) {
      const objects: StoredObject[] = [];
      try {
        for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
          objects.push(...(page.Contents ?? []).flatMap(storedObject));
        }
      } catch (error) {
        // Before the first apply there are no buckets: nothing lies in them.
        if (!isMissing(error)) throw error;
      }
      return objects;
    },
    async get(Bucket, Key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async put(Bucket, Key, Body) {
      return (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).ETag ?? "";
    },
    async delete(Bucket, Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    async removalRules(Bucket) {
      try {
        const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
        return (Rules ?? []).flatMap(removalRule);
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
  };
}

const missing = new Set(["NoSuchBucket", "NoSuchKey", "NoSuchLifecycleConfiguration"]);

const isMissing = (error: unknown): boolean => error instanceof S3ServiceException && missing.has(error.name);

function storedObject({ Key, LastModified, Size, ETag }: _Object): StoredObject[] {
  if (Key === undefined || LastModified === undefined) return [];
  return [{ key: Key, lastModified: LastModified, sizeBytes: Size ?? 0, etag: ETag ?? "" }];
}

function removalRule({ Status, Filter, Prefix, Expiration }: LifecycleRule): RemovalRule[] {
  if (Status !== "Enabled" || Expiration?.Days === undefined) return [];
  return [{ prefix: Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? "", days: Expiration.Days }];
}
