/** One object of a bucket. */
export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
  /** The newest version when left out. */
  readonly versionId?: string | undefined;
}

export interface ObjectContent {
  readonly bytes: Uint8Array;
  /** Media type. */
  readonly contentType: string;
}

/** What `get` met. */
export type Found =
  | { readonly state: "found"; readonly bytes: Uint8Array }
  /** There is no such object, or its content is not the one that was asked for. */
  | { readonly state: "missing" }
  /** Nothing was downloaded. */
  | { readonly state: "too-large"; readonly sizeBytes: number };

/** The little of S3 the functions need. Every fault of the moment throws. */
export interface ObjectStore {
  /** The same store, on which every call that waits when `signal` is aborted throws. */
  until(signal: AbortSignal): ObjectStore;
  exists(object: ObjectName): Promise<boolean>;
  /** Reads at most `maxBytes`. With `etag`, only that very content. */
  get(object: ObjectName, maxBytes: number, etag?: string): Promise<Found>;
  /** Writes unless the key is taken. @returns whether this call wrote it. */
  putIfAbsent(object: ObjectName, content: ObjectContent): Promise<boolean>;
  /** Copies within S3, up to 5 GB. With `etag`, only that very content. @returns false when that is not there. */
  copy(source: ObjectName, target: ObjectName, etag?: string): Promise<boolean>;
  /** With `etag`, only that very content is deleted. Fine when there is nothing (left) to delete. */
  delete(object: ObjectName, etag?: string): Promise<void>;
}
