import { resolve } from "node:path";
import { UserError } from "../user-error";
import type { AppendOnlyStore } from "./append-only-store";
import { FolderStore } from "./folder-store";
import { S3AppendStore } from "./s3-append-store";
import { s3Client } from "./s3-client";

/**
 * The store at a location: `s3://bucket`, or a folder.
 * @param env - of the credentials, and of `AWS_ENDPOINT_URL`
 * @throws UserError for another form
 */
export function storeOf(location: string, env: NodeJS.ProcessEnv, region: string): AppendOnlyStore {
  if (!location.includes("://")) return new FolderStore(resolve(location));
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(location)?.[1];
  if (bucket === undefined) {
    throw new UserError(`--store: expected s3://bucket or a folder, but got ${JSON.stringify(location)}.`);
  }
  return new S3AppendStore(s3Client(env, region), bucket);
}
