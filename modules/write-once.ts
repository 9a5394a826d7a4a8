import type { PolicyStatement } from "./policy";

/** Below these the bucket of plans holds what was reviewed and what was applied. */
export const planPrefixes = { reviews: "reviews/", records: "records/" } as const;

/**
 * For a bucket in which nothing is ever overwritten, whoever writes, and in which records stay. The parts of a multipart upload
 * carry no precondition, only the request that makes the object does (S3 User Guide, "Enforce conditional writes on Amazon S3
 * buckets").
 */
export function writeOnce(bucketArn: string): PolicyStatement[] {
  return [
    {
      sid: "NeverOverwrite",
      effect: "Deny",
      principals: "*",
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/*`],
      conditions: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
    },
    {
      sid: "RecordsStay",
      effect: "Deny",
      principals: "*",
      actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      resources: [`${bucketArn}/${planPrefixes.records}*`],
    },
  ];
}
