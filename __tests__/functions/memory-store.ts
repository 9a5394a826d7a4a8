import { createHash } from "node:crypto";
import type { Found, ObjectContent, ObjectName, ObjectStore } from "../../functions/common/store";

/** The tag S3 gives: MD5 of the content. */
export const etagOf = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

const pathOf = ({ bucket, key }: ObjectName): string => `${bucket}/${key}`;

/** An ObjectStore in memory. `calls` lists what was asked of it; `failOn` makes a call fail as S3 would for a moment. */
export class MemoryStore implements ObjectStore {
  readonly objects = new Map<string, Uint8Array>();
  readonly calls: string[] = [];
  failOn: (call: string) => boolean = () => false;

  until(): ObjectStore {
    return this;
  }

  private async call(name: string, object: ObjectName): Promise<void> {
    await Promise.resolve();
    const call = `${name} ${pathOf(object)}`;
    this.calls.push(call);
    if (this.failOn(call)) throw new Error("SlowDown");
  }

  async exists(object: ObjectName): Promise<boolean> {
    await this.call("exists", object);
    return this.objects.has(pathOf(object));
  }

  async get(object: ObjectName, maxBytes: number, etag?: string): Promise<Found> {
    await this.call("get", object);
    const bytes = this.matching(object, etag);
    if (bytes === undefined) return { state: "missing" };
    return bytes.length > maxBytes ? { state: "too-large", sizeBytes: bytes.length } : { state: "found", bytes };
  }

  async putIfAbsent(object: ObjectName, { bytes }: ObjectContent): Promise<boolean> {
    await this.call("put", object);
    if (this.objects.has(pathOf(object))) return false;
    this.objects.set(pathOf(object), bytes);
    return true;
  }

  async copy(source: ObjectName, target: ObjectName, etag?: string): Promise<boolean> {
    await this.call("copy", target);
    const bytes = this.matching(source, etag);
    if (bytes !== undefined) this.objects.set(pathOf(target), bytes);
    return bytes !== undefined;
  }

  async delete(object: ObjectName, etag?: string): Promise<void> {
    await this.call("delete", object);
    if (this.matching(object, etag) !== undefined) this.objects.delete(pathOf(object));
  }

  /** Keys of a bucket, sorted. */
  keys(bucket: string): string[] {
    const paths = [...this.objects.keys()].filter((path) => path.startsWith(`${bucket}/`));
    return paths.map((path) => path.slice(bucket.length + 1)).sort();
  }

  json(bucket: string, key: string): unknown {
    return JSON.parse(Buffer.from(this.objects.get(`${bucket}/${key}`) ?? "").toString("utf8"));
  }

  private matching(object: ObjectName, etag: string | undefined): Uint8Array | undefined {
    const bytes = this.objects.get(pathOf(object));
    return bytes === undefined || (etag !== undefined && etag.replaceAll('"', "") !== etagOf(bytes))
      ? undefined
      : bytes;
  }
}
