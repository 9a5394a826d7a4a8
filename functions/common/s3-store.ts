import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { bareEtag } from "./keys";
import type { Found, ObjectContent, ObjectName, ObjectStore } from "./store";

/**
 * The client of the functions. Tries again with full jitter and gives up early enough for the function to say so.
 * Region, credentials and endpoint come from Lambda's own environment.
 */
export const createS3Client = (): S3Client =>
  new S3Client({
    maxAttempts: 5,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 3000, requestTimeout: 20_000 },
  });

const named = ({ bucket, key, versionId }: ObjectName) => ({
  Bucket: bucket,
  Key: key,
  ...(versionId === undefined ? {} : { VersionId: versionId }),
});

const quoted = (etag: string): string => `"${bareEtag(etag)}"`;

/** `@aws-sdk/client-s3` as an ObjectStore. */
export class S3Store implements ObjectStore {
  constructor(private readonly client: S3Client) {}

  async exists(object: ObjectName): Promise<boolean> {
    return unless([404], this.client.send(new HeadObjectCommand(named(object)))).then((head) => head !== undefined);
  }

  async get(object: ObjectName, maxBytes: number, etag?: string): Promise<Found> {
    const condition = etag === undefined ? {} : { IfMatch: quoted(etag) };
    const request = this.client.send(new GetObjectCommand({ ...named(object), ...condition }));
    const found = await unless([404, 412], request);
    if (found?.Body === undefined) return { state: "missing" };
    const sizeBytes = found.ContentLength ?? 0;
    if (sizeBytes > maxBytes) {
      // Hang up, or the connection would carry the rest of the object.
      if ("destroy" in found.Body) found.Body.destroy();
      return { state: "too-large", sizeBytes };
    }
    return { state: "found", bytes: await found.Body.transformToByteArray() };
  }

  async putIfAbsent(object: ObjectName, { bytes, contentType }: ObjectContent): Promise<boolean> {
    const request = { ...named(object), Body: bytes, ContentType: contentType, IfNoneMatch: "*" };
    return unless([412], this.client.send(new PutObjectCommand(request))).then((written) => written !== undefined);
  }

  async copy(source: ObjectName, target: ObjectName, etag?: string): Promise<boolean> {
    const version = source.versionId === undefined ? "" : `?versionId=${source.versionId}`;
    const request = {
      ...named(target),
      CopySource: `${source.bucket}/${source.key.split("/").map(encodeURIComponent).join("/")}${version}`,
      // Tags of strangers are not carried on, and need no permission to be read.
      TaggingDirective: "REPLACE" as const,
      ...(etag === undefined ? {} : { CopySourceIfMatch: quoted(etag) }),
    };
    return (await unless([404, 412], this.client.send(new CopyObjectCommand(request)))) !== undefined;
  }

  async delete(object: ObjectName, etag?: string): Promise<void> {
    const condition = etag === undefined ? {} : { IfMatch: quoted(etag) };
    await unless([404, 412], this.client.send(new DeleteObjectCommand({ ...named(object), ...condition })));
  }
}

const statusOf = (error: unknown): number | undefined =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

/** undefined when S3 answers one of `statuses`; every other error is thrown. */
async function unless<T>(statuses: readonly number[], request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    const status = statusOf(error);
    // A missing bucket is a fault of the deployment, not a missing object.
    const noBucket = error instanceof Error && error.name === "NoSuchBucket";
    if (status !== undefined && statuses.includes(status) && !noBucket) return undefined;
    throw error;
  }
}
