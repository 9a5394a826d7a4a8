import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";

/** Objects under `prefix` are removed `days` days after they were written, at the next midnight UTC. */
export interface ExpiryRule {
  readonly id: string;
  /** Empty: the whole bucket. */
  readonly prefix: string;
  /** Whole days, 1 or more. */
  readonly days: number;
}

/** Days after which S3 drops the parts of an upload that was never completed. */
const abandonedUploadDays = 2;

/**
 * The rules of a bucket's one lifecycle configuration. In a versioned bucket an expired object only gets a delete marker, so its bytes
 * go `oldVersionDays` later and the marker after that; the marker rule stands alone, since S3 refuses it beside `days`
 * (S3 API reference, LifecycleExpiration; S3 User Guide, "Lifecycle and versioning").
 */
export function lifecycleRules(
  expiry: readonly ExpiryRule[],
  oldVersionDays?: number,
): S3BucketLifecycleConfigurationRule[] {
  const status = "Enabled";
  const everything = [{ prefix: "" }];
  return [
    ...expiry.map(({ id, prefix, days }) => ({ id, status, filter: [{ prefix }], expiration: [{ days }] })),
    ...(oldVersionDays
      ? [
          {
            id: "old-versions",
            status,
            filter: everything,
            noncurrentVersionExpiration: [{ noncurrentDays: oldVersionDays }],
          },
          { id: "delete-markers", status, filter: everything, expiration: [{ expiredObjectDeleteMarker: true }] },
        ]
      : []),
    {
      id: "abandoned-uploads",
      status,
      filter: everything,
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: abandonedUploadDays }],
    },
  ];
}
