import { setTimeout as sleep } from "node:timers/promises";
import type { Github } from "../github/client";
import { GithubError } from "../github/github-error";
import type { ReviewManifest } from "../review/manifest";
import { messageOf } from "../user-error";

/** asked: the plan is made again. running: it already is. done: it was, and left none. Else what GitHub said. */
export type PlannedAgain = "asked" | "running" | "done" | { readonly refused: string };

/** How long a run that was told to end may take, and how often it is looked at. */
const [longestEndSeconds, lookSeconds] = [180, 5];

export interface PlanAgainOptions {
  /** Whether people still see this very plan as the current one: then no later attempt has planned, only commented. */
  readonly shown: boolean;
  /** Done before the run is started again, when all that it did before has ended. */
  readonly beforeStart: () => Promise<void>;
  /** How a pause is spent; tests don't. */
  readonly wait?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** Starts the run that made a plan again, once. */
export async function planAgain(
  { rest, at }: Github,
  run: ReviewManifest["run"],
  { shown, wait = sleep, beforeStart }: PlanAgainOptions,
): Promise<PlannedAgain> {
  const id = { ...at, run_id: Number(run.id) };
  const look = async () => (await rest.actions.getWorkflowRun(id)).data;
  try {
    const { status, run_attempt: attempt = 1 } = await look();
    const later = attempt > run.attempt;
    if (later && status !== "completed") return "running";
    // It was planned again, and that left no plan: it is for people to look at.
    if (later && !shown) return "done";
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
    await beforeStart();
    await rest.actions.reRunWorkflow(id);
    return "asked";
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return { refused: messageOf(error) };
  }
}
