import { readFile } from "node:fs/promises";
import { UserError } from "../../gitops/user-error";
import { bounded } from "./bounded";
import type { ObjectStore } from "./object-store";
import type { RunImage } from "./run-record";

export interface SendUploadsProps {
  readonly store: Pick<ObjectStore, "put">;
  readonly uploadsBucket: string;
  readonly images: readonly RunImage[];
  /** Told how many images S3 has taken. */
  readonly onProgress?: (sent: number) => void;
  readonly signal?: AbortSignal;
}

const uploadsAtOnce = 8;

/** Uploads images as a browser does for web app 2: straight to S3, below `pending/`. */
export async function sendUploads({
  store,
  uploadsBucket,
  images,
  onProgress,
  signal,
}: SendUploadsProps): Promise<void> {
  let sent = 0;
  await bounded(images, uploadsAtOnce, async ({ key, item }) => {
    signal?.throwIfAborted();
    const etag = await store.put(uploadsBucket, key, await readFile(item.path));
    // The image's identity is made of the ETag; the account of the run was drawn up with the one that plain uploads get.
    if (etag.replaceAll('"', "") !== item.md5) {
      throw new UserError(`${uploadsBucket}/${key}: expected the ETag ${item.md5} (MD5 of the bytes), but got ${etag}`);
    }
    sent++;
    onProgress?.(sent);
  });
}
