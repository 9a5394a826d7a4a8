/**
 * Where everything lies in the buckets. The stacks write these prefixes into policies, lifecycle rules and the batch's
 * listing; the functions and the web apps write objects under them.
 */
export const prefixes = {
  /** uploads bucket: what web app 2 uploaded and the batch has not processed yet. Never expires by itself. */
  pending: "pending/",
  /** uploads bucket: images too large for a Kafka record, put there by web app 1. */
  claims: "claims/",
  /** uploads bucket: originals of what was processed, kept `retention.originalsDays`. */
  originals: "originals/",
  /** uploads bucket: large files on their way to and from a container image, gone after a day. */
  exchange: "exchange/",
  /** processed bucket: renditions. */
  images: "images/",
  /** processed bucket: feature records, one partition a day (`features/dt=2026-01-31/…`). */
  features: "features/",
  /** quarantine bucket: refused images, each with its reason. */
  refused: "refused/",
  /** quarantine bucket: whole records Lambda gave up on (the prefix is AWS's own). */
  failedRecords: "aws/lambda/",
  /** logs bucket: reports of batch runs. */
  batchRuns: "batch-runs/",
} as const;
