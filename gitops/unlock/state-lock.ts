import { DeleteObjectCommand, GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { UserError } from "../user-error";

/** What Terraform's S3 backend adds to the key of a state for its lock (`use_lockfile`). */
export const lockEnding = ".tflock";

const schema = z.looseObject({ ID: z.string(), Operation: z.string(), Who: z.string(), Created: z.string() });

/** A lock that lies beside a state. */
export interface StateLock {
  readonly id: string;
  readonly operation: string;
  /** `user@computer` */
  readonly who: string;
  /** As Terraform wrote it, ISO 8601. */
  readonly created: string;
  /** Of the object, so that no newer lock is taken away in its place. */
  readonly etag: string;
}

interface Place {
  readonly bucket: string;
  /** Of the lock. */
  readonly key: string;
}

/** @returns undefined when there is none. @throws UserError when the object is no lock */
export async function readLock(client: S3Client, { bucket, key }: Place): Promise<StateLock | undefined> {
  let content: string;
  let etag: string;
  try {
    const { Body, ETag = "" } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    [content, etag] = [(await Body?.transformToString()) ?? "", ETag];
  } catch (error) {
    const { name, message } = error as Error;
    if (name === "NoSuchKey" || name === "NoSuchBucket") return undefined;
    throw new UserError(`The lock s3://${bucket}/${key} can't be read: ${name}: ${message}`);
  }
  const parsed = schema.safeParse(json(content));
  if (!parsed.success) throw new UserError(`Expected a lock of Terraform in s3://${bucket}/${key}, but it is none.`);
  const { ID, Operation, Who, Created } = parsed.data;
  return { id: ID, operation: Operation, who: Who, created: Created, etag };
}

/** Since when, in milliseconds of the epoch; 0 when the lock does not say. */
export const lockedSince = ({ created }: StateLock): number => {
  const time = Date.parse(created);
  return Number.isNaN(time) ? 0 : time;
};

/** Takes a lock away that was just read, unless another one lies there by now. */
export async function removeLock(client: S3Client, { bucket, key }: Place, { etag }: StateLock): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag }));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
