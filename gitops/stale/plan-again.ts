import { setTimeout as sleep } from "node:timers/promises";
import type { Github } from "../github/client";
import { GithubError } from "../github/github-error";
import type { ReviewManifest } from "../review/manifest";
import { messageOf } from "../user-error";

/** asked: the plan is made again. running: it already is. done: it was, and left none. Else what GitHub said. */
export type PlannedAgain = "asked" | "running" | "done" | { readonly refused: string };

/** How long a run that was told to end may take, and how often it is looked at. */
const [longestEndSeconds, lookSeconds] = [180, 5];

/**
 * Starts the run that made a plan again, once.
 * @param wait - how a pause is spent; tests don't
 */
export async function planAgain(
  { rest, at }: Github,
  run: ReviewManifest["run"],
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<PlannedAgain> {
  const id = { ...at, run_id: Number(run.id) };
  const look = async () => (await rest.actions.getWorkflowRun(id)).data;
  try {
    const { status, run_attempt: attempt = 1 } = await look();
    // It has been started again since. Where that left no plan, it is for people to look at.
    if (attempt > run.attempt) return status === "completed" ? "done" : "running";
    if (status !== "completed") {
      // It planned before the state moved, and only its comment is to come, which would call the plan current.
      await rest.actions.cancelWorkflowRun(id).catch((error: unknown) => {
        // It ended by itself in between.
        if (!(error instanceof GithubError && error.status === 409)) throw error;
      });
      for (let waited = 0; (await look()).status !== "completed"; waited += lookSeconds) {
        if (waited >= longestEndSeconds) return { refused: `run ${run.id} does not end, although it was cancelled` };
        await wait(lookSeconds * 1000);
      }
    }
    await rest.actions.reRunWorkflow(id);
    return "asked";
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return { refused: messageOf(error) };
  }
}
