import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { UserError } from "../user-error";
import type { AppendOnlyStore } from "./append-only-store";

/**
 * A bucket. Every write is conditional, and the bucket's own policy refuses any other, so that what was reviewed can't
 * be exchanged by whoever may write (S3 User Guide, "Enforce conditional writes on Amazon S3 buckets").
 */
export class S3AppendStore implements AppendOnlyStore {
  readonly place: string;

  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {
    this.place = `s3://${bucket}`;
  }

  async put(key: string, content: Uint8Array): Promise<boolean> {
    const request = new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: content, IfNoneMatch: "*" });
    return (await this.answer(this.client.send(request), [412], `write ${key}`)) !== undefined;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const request = this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return (await this.answer(request, [404], `read ${key}`))?.Body?.transformToByteArray();
  }

  async list(prefix: string): Promise<string[]> {
    const keys = async (): Promise<string[]> => {
      const found: string[] = [];
      const pages = paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: prefix });
      for await (const { Contents = [] } of pages) found.push(...Contents.flatMap(({ Key }) => Key ?? []));
      return found.sort();
    };
    return (await this.answer(keys(), [], `list ${prefix}`)) ?? [];
  }

  /** undefined for one of `statuses`; what S3 refuses is said with the right that is missing. */
  private async answer<T>(request: Promise<T>, statuses: readonly number[], what: string): Promise<T | undefined> {
    try {
      return await request;
    } catch (error) {
      const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      const status = $metadata?.httpStatusCode ?? 0;
      if (statuses.includes(status) && name !== "NoSuchBucket") return undefined;
      const why = status === 403 ? "the role of this job has no right to" : `S3 answered ${name}: ${message}`;
      throw new UserError(`${this.place}: could not ${what}: ${why}${status === 403 ? ` ${what} there.` : ""}`);
    }
  }
}
