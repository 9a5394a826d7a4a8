import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";

/** The little of S3 that a report needs. */
export interface ResultStore {
  /** Keys below a prefix that end so, the newest object first. */
  keys(prefix: string, suffix: string): Promise<readonly string[]>;
  /** The object's bytes as they arrive. */
  read(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** Writes JSON, over what is there: a report that is made again is the same. */
  write(key: string, content: unknown): Promise<void>;
}

/** The bucket that holds reports. */
export function s3Results(client: S3Client, Bucket: string): ResultStore {
  return {
    async keys(Prefix, suffix) {
      const found: { readonly key: string; readonly time: number }[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        for (const { Key = "", LastModified } of Contents) {
          if (Key.endsWith(suffix)) found.push({ key: Key, time: LastModified?.getTime() ?? 0 });
        }
      }
      return found.sort((one, other) => other.time - one.time).map(({ key }) => key);
    },
    async read(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      if (Body === undefined) throw new Error(`${Key} has no content`);
      return Body as unknown as AsyncIterable<Uint8Array>;
    },
    async write(Key, content) {
      const Body = `${JSON.stringify(content, undefined, 2)}\n`;
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "application/json" }));
    },
  };
}
