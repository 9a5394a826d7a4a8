/** An object as a listing shows it. */
export interface StoredObject {
  readonly key: string;
  readonly lastModified: Date;
  readonly sizeBytes: number;
  readonly etag: string;
}

/** One enabled rule of a bucket's deployed lifecycle configuration that removes objects by age. */
export interface RemovalRule {
  /** Empty: every object. */
  readonly prefix: string;
  /** Whole days. */
  readonly days: number;
}

/** What the demonstration needs of S3. */
export interface ObjectStore {
  /** Every object under the prefix, in the order of keys. */
  list(bucket: string, prefix: string): Promise<StoredObject[]>;
  /** The object's bytes, or undefined when there is none. */
  get(bucket: string, key: string): Promise<Uint8Array | undefined>;
  /** Writes the object; answers its ETag. */
  put(bucket: string, key: string, bytes: Uint8Array): Promise<string>;
  delete(bucket: string, key: string): Promise<void>;
  /** The lifecycle configuration deployed at this moment; none: an empty list. */
  removalRules(bucket: string): Promise<RemovalRule[]>;
}
