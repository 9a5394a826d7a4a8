import { createHash } from "node:crypto";
import type { ObjectStore, RemovalRule, StoredObject } from "../../../local/demo/object-store";

/** S3 in memory, with a clock of its own. */
export class MemoryStore implements ObjectStore {
  readonly objects = new Map<string, { readonly bytes: Uint8Array; readonly object: StoredObject }>();
  readonly rules = new Map<string, RemovalRule[]>();
  now = new Date("2026-03-01T10:00:00Z");

  async list(bucket: string, prefix: string): Promise<StoredObject[]> {
    return [...this.objects.entries()]
      .filter(([name, { object }]) => name === `${bucket}/${object.key}` && object.key.startsWith(prefix))
      .map(([, { object }]) => object)
      .sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  async get(bucket: string, key: string): Promise<Uint8Array | undefined> {
    return this.objects.get(`${bucket}/${key}`)?.bytes;
  }

  async put(bucket: string, key: string, bytes: Uint8Array): Promise<string> {
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    this.objects.set(`${bucket}/${key}`, {
      bytes,
      object: { key, lastModified: this.now, sizeBytes: bytes.length, etag },
    });
    return etag;
  }

  putJson(bucket: string, key: string, value: unknown): Promise<string> {
    return this.put(bucket, key, Buffer.from(JSON.stringify(value)));
  }

  async delete(bucket: string, key: string): Promise<void> {
    this.objects.delete(`${bucket}/${key}`);
  }

  async removalRules(bucket: string): Promise<RemovalRule[]> {
    return this.rules.get(bucket) ?? [];
  }
}
