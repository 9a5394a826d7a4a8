import type { LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { prefixes } from "../../functions/common/layout";
import { type Backoff, backOff } from "../../local/event-source/backoff";
import { cutIntoBatches } from "../../local/event-source/batches";
import { deliver } from "../../local/event-source/deliver";
import type { EventRecord } from "../../local/event-source/msk-event";
import { callFunction, pauses } from "../call-function";
import { forEachAtMost } from "../flow";
import { type ListedObject, objectsBelow } from "../listing";
import { type FailedRecords, failedRecords } from "./failed-record";

/** What became of records that Lambda had given up on. */
export interface RecordCounts {
  /** Objects that were found. */
  readonly objects: number;
  /** Objects whose records all went through; they are gone. */
  readonly redriven: number;
  readonly records: number;
  /** Records that the function took care of: processed, refused, or known to be processed already. */
  readonly delivered: number;
  /** Records that failed again. Their objects stay as they are. */
  readonly failed: number;
  /** Objects that are no records of Kafka, with their keys; they stay. */
  readonly strange: readonly string[];
  /** Why records failed, ten at most. */
  readonly failures: readonly string[];
}

export interface RecordsProps {
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly quarantineBucket: string;
  readonly functionName: string;
  /** Most records a call gets. */
  readonly batchSize: number;
  /** Objects worked on at once. */
  readonly atOnce: number;
  readonly wanted: (instant: Date) => boolean;
  readonly dryRun: boolean;
  readonly onProgress: (objects: number) => void;
  /** @default - half a second to 20 seconds */
  readonly backoff?: Backoff;
}

/** Calls after the first for records that fail. */
const retries = 2;
const mostFailures = 10;

/**
 * Gives records that Lambda gave up on to the stream function again. An object is removed once the function has taken care of each of its records; until then
 * it stays whole, so that nothing is lost whenever this ends. What was processed meanwhile is skipped by the function.
 */
export async function redriveRecords(props: RecordsProps): Promise<RecordCounts> {
  const { s3, quarantineBucket, wanted, dryRun, onProgress } = props;
  const sum = { objects: 0, redriven: 0, records: 0, delivered: 0, failed: 0 };
  const strange: string[] = [];
  const failures: string[] = [];
  const one = async (object: ListedObject): Promise<void> => {
    if (!wanted(object.lastModified)) return;
    sum.objects++;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: quarantineBucket, Key: object.key }));
    const found = failedRecords((await Body?.transformToByteArray()) ?? new Uint8Array());
    if (found === undefined) {
      strange.push(object.key);
      return;
    }
    const count = found.partitions.reduce((total, records) => total + records.length, 0);
    sum.records += count;
    if (dryRun) return;
    const again = await deliverAgain(found, props);
    sum.failed += again.length;
    sum.delivered += count - again.length;
    failures.push(...again.slice(0, Math.max(0, mostFailures - failures.length)));
    if (again.length === 0) {
      await s3.send(new DeleteObjectCommand({ Bucket: quarantineBucket, Key: object.key }));
      sum.redriven++;
    }
    onProgress(sum.objects);
  };
  await forEachAtMost(objectsBelow(s3, quarantineBucket, prefixes.failedRecords), props.atOnce, one);
  return { ...sum, strange, failures };
}

/** @returns why records failed, one text each. */
async function deliverAgain(
  { partitions, sourceArn, brokers }: FailedRecords,
  { lambda, functionName, batchSize, backoff = pauses }: RecordsProps,
): Promise<string[]> {
  const failed: string[] = [];
  const giveUp = async (condition: string, records: readonly EventRecord[], answer: string | undefined) => {
    for (const { topic, partition, offset } of records) {
      failed.push(`${topic}-${partition} offset ${offset}: ${condition}${answer ? `: ${answer.slice(0, 300)}` : ""}`);
    }
  };
  // The records' age is what made Lambda give up, perhaps; it does not matter any more.
  const settings = {
    sourceArn,
    maxRetries: retries,
    maxAgeSeconds: Number.POSITIVE_INFINITY,
    bisect: true,
    partialResponses: true,
  };
  for (const records of partitions) {
    for (const batch of cutIntoBatches(records, batchSize)) {
      await deliver(batch, settings, {
        brokers,
        invoke: (payload) => callFunction(lambda, functionName, payload, backoff),
        giveUp: ({ condition, records, last }) => giveUp(condition, records, last?.answer),
        pause: (attempt) => backOff(backoff, attempt, new AbortController().signal),
        now: () => Date.now(),
      });
    }
  }
  return failed;
}
