/** Requests to S3 that AWS bills, and DELETE, which is free. */
export type S3Request = "put" | "copy" | "get" | "head" | "delete";

/** What a function's process is asked: where it listens, or what it has used since it was asked last. */
export type HostCommand = { readonly kind: "address" } | { readonly kind: "usage" };

export interface HostUsage {
  readonly invocations: number;
  /** From the first invocation's start to the last one's end. */
  readonly seconds: number;
  /** Within invocations: what Lambda bills. */
  readonly busySeconds: number;
  /** Of the whole process. */
  readonly cpuSeconds: number;
  /** Most memory since the process started. */
  readonly peakMegabytes: number;
  readonly requests: Readonly<Record<S3Request, number>>;
}
