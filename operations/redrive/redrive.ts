import type { Backoff } from "../../local/event-source/backoff";
import type { OperatedAccount } from "../account";
import { presentVersion } from "../present-version";
import { type RecordCounts, redriveRecords } from "./records";
import { type RefusedCounts, redriveRefused } from "./refused";

export interface RedriveProps {
  readonly account: OperatedAccount;
  /** Reasons whose refused images go through again; none: only failed records do. */
  readonly reasons: ReadonlySet<string>;
  /** Whether what was written then is meant. */
  readonly wanted: (instant: Date) => boolean;
  readonly dryRun: boolean;
  /** A line for people. */
  readonly onLine: (line: string) => void;
  /** @default - half a second to 20 seconds */
  readonly backoff?: Backoff;
}

export interface RedriveResult {
  readonly records: RecordCounts;
  readonly refused?: RefusedCounts;
}

/** Leaves the larger part of the functions' concurrency to what arrives meanwhile. */
const share = (concurrency: number): number => Math.max(1, Math.floor(concurrency / 4));

/** Gives failed records, and refused images of some reasons, to the functions again. @throws UserError */
export async function redrive({ account, ...props }: RedriveProps): Promise<RedriveResult> {
  const { s3, lambda, buckets, functions, environment } = account;
  const { processing, streaming } = environment;
  const { reasons, wanted, dryRun, onLine, backoff } = props;
  const common = { s3, lambda, quarantineBucket: buckets.quarantine, wanted, dryRun, ...(backoff && { backoff }) };
  const every = (step: number, what: string) => {
    let next = step;
    return (count: number) => {
      if (count < next) return;
      onLine(`${count.toLocaleString("en")} ${what}`);
      next = count - (count % step) + step;
    };
  };
  const records = await redriveRecords({
    ...common,
    functionName: functions.stream,
    batchSize: streaming.consumer.batchSize,
    atOnce: share(processing.streamConcurrency),
    onProgress: every(100, "objects of failed records worked on"),
  });
  if (reasons.size === 0) return { records };
  const refused = await redriveRefused({
    ...common,
    processedBucket: buckets.processed,
    functionName: functions.batch,
    version: await presentVersion(account),
    reasons,
    imagesACall: processing.batchItems,
    callsAtOnce: share(processing.batchConcurrency),
    onProgress: every(1000, "refused images worked on"),
  });
  return { records, refused };
}

/** Whether everything that was found went through, or was refused for good. */
export const complete = ({ records, refused }: RedriveResult): boolean =>
  records.failed === 0 && records.strange.length === 0 && (refused?.failed ?? 0) === 0;
