/** One image as the batch lists it. */
export interface Listed {
  readonly Key: string;
  readonly ETag: string;
  readonly Size: number;
  readonly LastModified: string;
}

/** What the process that stands for the function is given. */
export interface Work {
  /** Folder of the buckets. */
  readonly folder: string;
  readonly items: readonly Listed[];
  /** Images one call gets: `processing.batchItems`. */
  readonly batchItems: number;
  /** Longest run of one call: `processing.timeoutSeconds`. */
  readonly timeoutSeconds: number;
}

/** What it says while it works. */
export type Message =
  | { readonly kind: "started"; readonly name: string }
  | { readonly kind: "ended"; readonly name: string; readonly milliseconds: number }
  | {
      readonly kind: "finished";
      /** Images that failed for a fault of the moment three times in a row, each with its last fault. */
      readonly failed: readonly string[];
      /** Most memory the process ever had, in bytes. */
      readonly peakBytes: number;
      /** Memory before the first image, in bytes. */
      readonly idleBytes: number;
    };
