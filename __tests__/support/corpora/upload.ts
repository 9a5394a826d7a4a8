import { prefixes } from "../../../functions/common/layout";
import type { CorpusFile } from "./corpora";
import { etagOf, FolderStore } from "./folder-store";
import type { Listed } from "./messages";

/** Day of the uploads. */
export const uploadedAt = "2026-01-30T12:00:00.000Z";

/** Puts the files below `pending/` of the uploads bucket, and lists them as S3 does. */
export async function upload(folder: string, files: readonly CorpusFile[]): Promise<Listed[]> {
  const store = new FolderStore(folder);
  const items: Listed[] = [];
  for (const { name, bytes } of files) {
    const Key = `${prefixes.pending}${name}`;
    await store.putIfAbsent({ bucket: "uploads", key: Key }, { bytes, contentType: "application/octet-stream" });
    items.push({ Key, ETag: `"${etagOf(bytes)}"`, Size: bytes.length, LastModified: uploadedAt });
  }
  return items;
}
