import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { UserError } from "../gitops/user-error";

/** An object as S3 lists it. */
export interface ListedObject {
  readonly key: string;
  /** With its quotes. */
  readonly etag: string;
  readonly sizeBytes: number;
  readonly lastModified: Date;
}

/**
 * The objects below a prefix in the order of their keys, page by page: never more than a page of 1,000 is held.
 * @throws UserError when there is no such bucket.
 */
export async function* objectsBelow(client: S3Client, Bucket: string, Prefix: string): AsyncGenerator<ListedObject> {
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
      for (const { Key = "", ETag = "", Size = 0, LastModified = new Date(0) } of Contents) {
        yield { key: Key, etag: ETag, sizeBytes: Size, lastModified: LastModified };
      }
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "NoSuchBucket") throw error;
    throw new UserError(`There is no bucket ${Bucket}: apply the environment's data stack first.`);
  }
}
