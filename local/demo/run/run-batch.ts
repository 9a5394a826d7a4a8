import { setTimeout as sleep } from "node:timers/promises";
import { DescribeExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
import { prefixes } from "../../../functions/common/layout";
import { UserError } from "../../../gitops/user-error";
import type { ClientSettings } from "../client-settings";
import type { ObjectStore } from "../object-store";
import type { Note } from "./steps";

export interface RunBatchProps {
  readonly settings: ClientSettings;
  readonly store: Pick<ObjectStore, "list">;
  readonly uploadsBucket: string;
  /** Starts the batch as its deployed schedule does; answers the execution's ARN. */
  readonly start: () => Promise<string>;
  readonly signal: AbortSignal;
}

/** What stays pending for passing reasons is taken by the next run; more than this many would only repeat the fault. */
const mostRuns = 3;
const pollMilliseconds = 500;
/** The schedule's own run may be under way; it takes the same images. */
const waitForHolderMilliseconds = 2000;

/** Runs the scheduled batch until nothing is pending. @throws UserError when a run fails and the next ones do, too */
export async function runBatch(props: RunBatchProps, note: Note): Promise<void> {
  const { store, uploadsBucket } = props;
  const pending = async () => (await store.list(uploadsBucket, prefixes.pending)).length;
  const before = await pending();
  for (let run = 1; ; run++) {
    const end = await oneRun(props, async () => note(`${await pending()} of ${before} uploads pending`));
    if (end.held) {
      note("waiting for another run that holds the lock");
      await sleep(waitForHolderMilliseconds, undefined, { signal: props.signal });
      run--;
      continue;
    }
    const { fault } = end;
    const left = await pending();
    if (fault === undefined && left === 0)
      return note(`${before} uploads taken in ${run === 1 ? "one run" : `${run} runs`}`);
    if (run === mostRuns)
      throw new UserError(
        `After ${run} runs of the batch ${left} uploads are still pending.${fault ? ` ${fault}` : ""}`,
      );
  }
}

/** Starts the batch and waits for its end; answers why it failed, or that another run held the lock. */
async function oneRun(
  { settings, start, signal }: RunBatchProps,
  tick: () => Promise<void>,
): Promise<{ readonly held: boolean; readonly fault?: string }> {
  const client = new SFNClient(settings);
  const executionArn = await start();
  for (let poll = 1; ; poll++) {
    const { status, error, cause, output } = await client.send(new DescribeExecutionCommand({ executionArn }), {
      abortSignal: signal,
    });
    if (status === "SUCCEEDED") return { held: output?.includes('"heldBy"') ?? false };
    if (status !== "RUNNING" && status !== "PENDING_REDRIVE") {
      return { held: false, fault: `${executionArn}: ${[status, error, cause].filter(Boolean).join(": ")}` };
    }
    await sleep(pollMilliseconds, undefined, { signal });
    if (poll % 4 === 0) await tick();
  }
}
