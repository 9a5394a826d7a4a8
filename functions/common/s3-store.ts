import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { bareEtag } from "./keys";
import { readWithin } from "./s3-body";
import type { Found, ObjectContent, ObjectName, ObjectStore } from "./store";

export { createS3Client } from "./s3-client";

const named = ({ bucket, key, versionId }: ObjectName) => ({
  Bucket: bucket,
  Key: key,
  ...(versionId === undefined ? {} : { VersionId: versionId }),
});

const quoted = (etag: string): string => `"${bareEtag(etag)}"`;

/**
 * `@aws-sdk/client-s3` as an ObjectStore. Every call may be repeated, as S3 does each as a whole or not at all: an upload
 * that breaks off leaves no object, since S3 knows its length and checksum before its first byte (Amazon S3 User Guide,
 * "Checking object integrity").
 */
export class S3Store implements ObjectStore {
  constructor(
    private readonly client: S3Client,
    private readonly signal?: AbortSignal,
  ) {}

  until(signal: AbortSignal): S3Store {
    return new S3Store(this.client, signal);
  }

  async exists(object: ObjectName): Promise<boolean> {
    const head = await unless([404], this.client.send(new HeadObjectCommand(named(object)), this.options));
    return head !== undefined;
  }

  async get(object: ObjectName, maxBytes: number, etag?: string): Promise<Found> {
    const condition = etag === undefined ? {} : { IfMatch: quoted(etag) };
    const reading = readWithin(new GetObjectCommand({ ...named(object), ...condition }), maxBytes);
    const answer = await unless([404, 412], this.client.send(reading.command, this.options));
    return answer === undefined ? { state: "missing" } : reading.found();
  }

  /**
   * A write whose answer got lost is made again and then meets its own object: that counts as not written by this call,
   * for nobody can tell it from another's.
   */
  async putIfAbsent(object: ObjectName, { bytes, contentType }: ObjectContent): Promise<boolean> {
    const request = { ...named(object), Body: bytes, ContentType: contentType, IfNoneMatch: "*" };
    const written = await unless([412], this.client.send(new PutObjectCommand(request), this.options));
    return written !== undefined;
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
    const copied = await unless([404, 412], this.client.send(new CopyObjectCommand(request), this.options));
    return copied !== undefined;
  }

  async delete(object: ObjectName, etag?: string): Promise<void> {
    const condition = etag === undefined ? {} : { IfMatch: quoted(etag) };
    const request = this.client.send(new DeleteObjectCommand({ ...named(object), ...condition }), this.options);
    await unless([404, 412], request);
  }

  private get options(): { readonly abortSignal?: AbortSignal } {
    return this.signal === undefined ? {} : { abortSignal: this.signal };
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
