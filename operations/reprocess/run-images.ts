import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListMapRunsCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { z } from "zod";
import { UserError } from "../../gitops/user-error";

const count = z.int().min(0);
const images = z.object({
  processed: count,
  quarantined: count,
  skipped: count,
  failed: count,
  notStarted: count,
});

/** Images of a run by what became of them (functions/report). */
export type RunImages = z.infer<typeof images>;

const report = z.object({ bucket: z.string(), key: z.string() });
const finished = z.object({ report, images });
const held = z.object({ heldBy: z.unknown() });
const written = z.object({ images, counted: z.boolean() });

/** What to take again: what lies below a prefix among the feature records or the originals. */
export interface Listing {
  readonly listing: "features" | "originals";
  readonly prefix: string;
}

/** How a run ended. */
export type RunEnd =
  | { readonly state: "succeeded"; readonly run: string; readonly images: RunImages; readonly report: string }
  | { readonly state: "failed"; readonly run: string; readonly images?: RunImages; readonly cause: string }
  | { readonly state: "held"; readonly by: string };

export interface RunProps {
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly stateMachineArn: string;
  readonly pollMilliseconds: number;
  /** Told how many images of how many the run has taken so far. */
  readonly onProgress: (taken: number, of: number) => void;
}

/** Runs the batch over what is listed, and waits for its end. The run goes on by itself when nobody waits any more. */
export async function runImages(reprocess: Listing, props: RunProps): Promise<RunEnd> {
  const { sfn, stateMachineArn, pollMilliseconds } = props;
  const input = JSON.stringify({ startedBy: "reprocess", reprocess });
  const { executionArn = "" } = await sfn
    .send(new StartExecutionCommand({ stateMachineArn, input }))
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== "StateMachineDoesNotExist") throw error;
      throw new UserError(`There is no state machine ${stateMachineArn}: apply the environment's compute stack first.`);
    });
  const run = executionArn.slice(executionArn.lastIndexOf(":") + 1);
  for (;;) {
    const { status, output = "{}", error, cause = "" } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status === "SUCCEEDED") {
      const answer: unknown = JSON.parse(output);
      const holder = held.safeParse(answer);
      if (holder.success) return { state: "held", by: nameOf(holder.data.heldBy) };
      const { report: place, images } = finished.parse(answer);
      return { state: "succeeded", run, images, report: `s3://${place.bucket}/${place.key}` };
    }
    if (status !== "RUNNING" && status !== "PENDING_REDRIVE") {
      const counted = await readReport(props.s3, cause);
      return {
        state: "failed",
        run,
        ...(counted && { images: counted }),
        cause: [status, error, cause].filter(Boolean).join(": "),
      };
    }
    await showProgress(executionArn, props);
    await sleep(pollMilliseconds);
  }
}

async function showProgress(executionArn: string, { sfn, onProgress }: RunProps): Promise<void> {
  const { mapRuns: [mapRun] = [] } = await sfn.send(new ListMapRunsCommand({ executionArn }));
  if (mapRun === undefined) return;
  const { itemCounts } = await sfn.send(new DescribeMapRunCommand({ mapRunArn: mapRun.mapRunArn }));
  if (itemCounts === undefined) return;
  const { succeeded = 0, failed = 0, timedOut = 0, aborted = 0, total = 0 } = itemCounts;
  onProgress(succeeded + failed + timedOut + aborted, total);
}

/** A failed run names its report at the end of the cause. */
async function readReport(s3: S3Client, cause: string): Promise<RunImages | undefined> {
  const [, Bucket, Key] = /Report: s3:\/\/([^/]+)\/(\S+)$/.exec(cause) ?? [];
  if (Bucket === undefined || Key === undefined) return undefined;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const content = written.parse(JSON.parse((await Body?.transformToString()) ?? "null"));
  return content.counted ? content.images : undefined;
}

const item = z.object({ execution: z.object({ S: z.string() }) });

function nameOf(heldBy: unknown): string {
  const execution = item.safeParse(heldBy).data?.execution.S;
  return execution === undefined ? "a run that has just ended" : execution.slice(execution.lastIndexOf(":") + 1);
}
