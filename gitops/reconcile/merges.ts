import type { Github } from "../github/client";
import { mainBranch } from "../repository/wanted";

/** A pull request that was merged into main. */
export interface Merge {
  readonly pullRequest: number;
  /** Commit on main. */
  readonly commit: string;
  readonly mergedAt: Date;
}

/** Merges into main since an instant, the oldest first. */
export async function mergesSince({ rest, paginate, at }: Github, since: Date): Promise<Merge[]> {
  const parameters = {
    ...at,
    state: "closed",
    base: mainBranch,
    sort: "updated",
    direction: "desc",
    per_page: 100,
  } as const;
  const closed = await paginate(rest.pulls.list, parameters, ({ data }, done) => {
    // Whatever was merged since was also updated since.
    if (data.some(({ updated_at }) => new Date(updated_at) < since)) done();
    return data;
  });
  return closed
    .flatMap(({ number, merged_at, merge_commit_sha }) =>
      merged_at && merge_commit_sha && new Date(merged_at) >= since
        ? [{ pullRequest: number, commit: merge_commit_sha, mergedAt: new Date(merged_at) }]
        : [],
    )
    .sort((one, other) => one.mergedAt.getTime() - other.mergedAt.getTime());
}

/** Commits whose apply waits or runs. */
export async function applying({ rest, paginate, at }: Github): Promise<Set<string>> {
  const open = ["queued", "in_progress", "waiting", "pending", "requested"] as const;
  const runs = await Promise.all(
    open.map((status) =>
      paginate(rest.actions.listWorkflowRuns, { ...at, workflow_id: "apply.yml", status, per_page: 100 }),
    ),
  );
  return new Set(runs.flat().map(({ head_sha }) => head_sha));
}
