import { setTimeout as sleep } from "node:timers/promises";
import type { OperatedAccount } from "../account";
import { presentVersion } from "../present-version";
import { countDay, type DayCounts, toProcess } from "./count-day";
import { type Listing, type RunImages, runImages } from "./run-images";

export interface ReprocessProps {
  readonly account: OperatedAccount;
  /** Days of arrival, `2026-01-31` each. */
  readonly days: readonly string[];
  /** Only images whose id begins so. */
  readonly prefix: string;
  readonly dryRun: boolean;
  /** Between two looks at a run. */
  readonly pollMilliseconds: number;
  /** A line for people. */
  readonly onLine: (line: string) => void;
}

/** What was found and what became of it. Sums over all days. */
export interface ReprocessResult {
  /** Present version of the processing. */
  readonly version: string;
  readonly days: readonly DayCounts[];
  readonly toProcess: number;
  /** Without `--dry-run`. */
  readonly images?: RunImages;
  /** Reports of the runs. */
  readonly reports: readonly string[];
  /** Why runs failed. */
  readonly failures: readonly string[];
}

const nothing: RunImages = { processed: 0, quarantined: 0, skipped: 0, failed: 0, notStarted: 0 };

/**
 * Takes images of a period through the present version of the processing again, day by day: each day is a run of the batch, which holds the run lock.
 * What the present version has processed is left alone, so that it may be called again after anything.
 * @throws UserError
 */
export async function reprocess(props: ReprocessProps): Promise<ReprocessResult> {
  const { account, days, prefix, dryRun, onLine } = props;
  const version = await presentVersion(account);
  const counts: DayCounts[] = [];
  const failures: string[] = [];
  const reports: string[] = [];
  let images = nothing;
  for (const day of days) {
    const { s3, buckets } = account;
    const { uploads: uploadsBucket, processed: processedBucket } = buckets;
    const found = await countDay(day, { s3, uploadsBucket, processedBucket, version, prefix, now: new Date() });
    if (found.recorded + found.unrecorded === 0) continue;
    counts.push(found);
    onLine(`${day}: ${lineOf(found, version)}`);
    if (dryRun) continue;
    for (const listing of listingsOf(found, prefix)) {
      const end = await runWhenFree(listing, day, props);
      if (end.images !== undefined) images = add(images, end.images);
      if (end.state === "succeeded") reports.push(end.report);
      else failures.push(`${day}: ${end.cause}`);
      // Images that failed have a record still; without their record, only their key would tell who they are.
      if (end.state === "failed" || end.images.failed > 0) break;
    }
  }
  const sum = counts.reduce((total, day) => total + toProcess(day), 0);
  return { version, days: counts, toProcess: sum, ...(!dryRun && { images }), reports, failures };
}

/** Feature records first: they know more of their images than originals do. */
function listingsOf({ day, recorded, current, unrecorded }: DayCounts, prefix: string): Listing[] {
  const below = `dt=${day}/${prefix}`;
  return [
    ...(recorded > current ? [{ listing: "features" as const, prefix: below }] : []),
    ...(unrecorded > 0 ? [{ listing: "originals" as const, prefix: below }] : []),
  ];
}

async function runWhenFree(listing: Listing, day: string, { account, onLine, pollMilliseconds }: ReprocessProps) {
  const { s3, sfn, stateMachineArn } = account;
  let shown = "";
  const say = (line: string): void => {
    if (line !== shown) onLine(line);
    shown = line;
  };
  const onProgress = (taken: number, of: number) => say(`${day}: ${number(taken)} of ${number(of)} taken`);
  for (;;) {
    const end = await runImages(listing, { s3, sfn, stateMachineArn, pollMilliseconds, onProgress });
    if (end.state !== "held") {
      onLine(`${day}: ${endLine(end.images)}${end.state === "failed" ? `; the run failed: ${end.cause}` : ""}`);
      return end;
    }
    say(`${day}: waiting for ${end.by}, which holds the run lock`);
    await sleep(pollMilliseconds * 5);
  }
}

const add = (one: RunImages, other: RunImages): RunImages => ({
  processed: one.processed + other.processed,
  quarantined: one.quarantined + other.quarantined,
  skipped: one.skipped + other.skipped,
  failed: one.failed + other.failed,
  notStarted: one.notStarted + other.notStarted,
});

const number = (value: number): string => value.toLocaleString("en");

const lineOf = (counts: DayCounts, version: string): string =>
  `${number(counts.recorded + counts.unrecorded)} images, ${number(toProcess(counts))} to process, ` +
  `${number(counts.current)} at version ${version}` +
  (counts.unrecorded > 0 ? `; ${number(counts.unrecorded)} originals have no feature record any more` : "");

const endLine = (images: RunImages | undefined): string =>
  images === undefined
    ? "nothing was counted"
    : `${number(images.processed)} processed, ${number(images.quarantined)} refused, ${number(images.skipped)} skipped, ` +
      `${number(images.failed + images.notStarted)} not finished`;
