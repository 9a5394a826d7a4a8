import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Found, ObjectContent, ObjectName, ObjectStore } from "../../../functions/common/store";

/** The tag S3 gives: MD5 of the content. */
export const etagOf = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

/** An ObjectStore in a folder: what it holds takes nothing of the memory that is measured. */
export class FolderStore implements ObjectStore {
  constructor(private readonly folder: string) {}

  /** Nothing here ever waits, so nothing is to be given up. */
  until(): this {
    return this;
  }

  pathOf({ bucket, key }: ObjectName): string {
    return join(this.folder, bucket, key);
  }

  async exists(object: ObjectName): Promise<boolean> {
    return existsSync(this.pathOf(object));
  }

  async get(object: ObjectName, maxBytes: number, etag?: string): Promise<Found> {
    const file = this.pathOf(object);
    if (!existsSync(file)) return { state: "missing" };
    const { size } = statSync(file);
    if (size > maxBytes) return { state: "too-large", sizeBytes: size };
    return this.has(object, etag) ? { state: "found", bytes: readFileSync(file) } : { state: "missing" };
  }

  async putIfAbsent(object: ObjectName, { bytes }: ObjectContent): Promise<boolean> {
    const file = this.pathOf(object);
    if (existsSync(file)) return false;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes, { flag: "wx" });
    return true;
  }

  async copy(source: ObjectName, target: ObjectName, etag?: string): Promise<boolean> {
    if (!this.has(source, etag)) return false;
    mkdirSync(dirname(this.pathOf(target)), { recursive: true });
    copyFileSync(this.pathOf(source), this.pathOf(target));
    return true;
  }

  async delete(object: ObjectName, etag?: string): Promise<void> {
    if (this.has(object, etag)) rmSync(this.pathOf(object));
  }

  private has(object: ObjectName, etag: string | undefined): boolean {
    const file = this.pathOf(object);
    return existsSync(file) && (etag === undefined || etag.replaceAll('"', "") === etagOf(readFileSync(file)));
  }
}
