import type { Github } from "./client";

/** The workflow that applies merges. */
const workflow = "apply.yml";

/** A run of a workflow ends after so many days, also while it waits (GitHub Docs, "Actions limits"). */
const longestRunDays = 35;

/** What began before it no longer runs, nor waits. */
export const oldestOpenRun = (now: Date): Date => new Date(now.getTime() - longestRunDays * 86_400_000);

/** Name of the workflow's job that applies to an environment. */
export const applyJobName = (environment: string): string => `apply ${environment}`;

/** A run that has not ended. */
export interface ApplyRun {
  readonly id: number;
  /** Commit on main. */
  readonly commit: string;
  /** 1 unless somebody has started it again. */
  readonly attempt: number;
  readonly url: string;
}

/** Runs that wait or run. All of the last weeks are asked for, and not by status, for one that goes from one to the next would be missed. */
export async function openApplyRuns({ rest, paginate, at }: Github, now: Date): Promise<ApplyRun[]> {
  const since = oldestOpenRun(now).toISOString();
  const runs = await paginate(rest.actions.listWorkflowRuns, {
    ...at,
    workflow_id: workflow,
    event: "push",
    created: `>=${since.slice(0, 19)}Z`,
    per_page: 100,
  });
  return runs
    .filter(({ status }) => status !== "completed")
    .map(({ id, head_sha, run_attempt = 1, html_url }) => ({
      ...{ id, commit: head_sha, attempt: run_attempt, url: html_url },
    }));
}

/** Whether a run has had its turn in an environment: its job there has ended, in whatever way, or never will begin. */
export async function hasHadItsTurn({ rest, paginate, at }: Github, run: ApplyRun, environment: string) {
  const jobs = await paginate(rest.actions.listJobsForWorkflowRun, {
    ...at,
    run_id: run.id,
    filter: "latest",
    per_page: 100,
  });
  return jobs.some(({ name, status }) => name === applyJobName(environment) && status === "completed");
}
