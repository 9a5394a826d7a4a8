import { S3Client } from "@aws-sdk/client-s3";
import { S3Retries } from "../../functions/common/s3-retries";
import { S3Store } from "../../functions/common/s3-store";
import type { ClientSettings } from "./client-settings";

/** The account's S3 as the producer of images uses it. */
export const claimStore = (settings: ClientSettings): S3Store =>
  new S3Store(new S3Client({ ...settings, forcePathStyle: true, retryStrategy: new S3Retries() }));
