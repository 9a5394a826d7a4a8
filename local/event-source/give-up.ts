import { PutObjectCommand } from "@aws-sdk/client-s3";
import { backOff } from "./backoff";
import { failureKey, failureRecord, type GivenUp } from "./failure-record";
import type { Mapping } from "./mapping";
import { partitionName } from "./msk-event";
import type { SourceEdges } from "./source-edges";

type GiveUpEdges = Pick<SourceEdges, "s3" | "brokers" | "backoff" | "log" | "now">;

/**
 * Puts records that are given up into the mapping's on-failure bucket, however long that takes; without a bucket they are
 * dropped, as in AWS. @throws when the source stops.
 */
export const giveUp = async (
  given: GivenUp,
  mapping: Mapping,
  edges: GiveUpEdges,
  signal: AbortSignal,
): Promise<void> => {
  const [first] = given.records;
  if (first === undefined) return;
  const what = `${given.records.length} record(s) of ${partitionName(first)} from offset ${first.offset} on`;
  if (mapping.onFailureBucket === undefined) {
    edges.log(`event source: ${given.condition}: dropped ${what}; the mapping has no on-failure destination`);
    return;
  }
  const body = JSON.stringify(failureRecord(given, { ...mapping, brokers: edges.brokers }, edges.now()));
  const target = { Bucket: mapping.onFailureBucket, Key: failureKey(mapping.id, first, edges.now()) };
  for (let attempt = 1; ; attempt++) {
    try {
      await edges.s3.send(new PutObjectCommand({ ...target, Body: body, ContentType: "application/json" }));
      edges.log(`event source: ${given.condition}: put ${what} into s3://${target.Bucket}/${target.Key}`);
      return;
    } catch (error) {
      edges.log(`event source: could not write ${target.Bucket}: ${error instanceof Error ? error.message : error}`);
      await backOff(edges.backoff, attempt, signal);
    }
  }
};
