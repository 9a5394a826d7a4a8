import type { Github } from "../github/client";
import { orMissing } from "../github/github-error";
import type { ReviewManifest } from "../review/manifest";

const workflow = ".github/workflows/plan.yml";

/**
 * Leaves out manifests that no plan run of their commit has left, and all of a fork's commit: GitHub lists a run of plan.yml for
 * that, too, which plans nothing. Code of a pull request runs with the right to add plans, so it
 * could leave one for a commit that comes later, and that people find harmless; which run will plan that one it can't know.
 */
export async function genuineReviews(
  { rest, at }: Github,
  manifests: readonly ReviewManifest[],
): Promise<ReviewManifest[]> {
  const home = `${at.owner}/${at.repo}`.toLowerCase();
  const ids = [...new Set(manifests.map(({ run }) => run.id))].filter((id) => /^[1-9]\d{0,15}$/.test(id));
  const runs = new Map<string, { head: string; attempts: number }>();
  for (const id of ids) {
    const run = (await orMissing(rest.actions.getWorkflowRun({ ...at, run_id: Number(id) })))?.data;
    if (run?.event !== "pull_request" || run.path.split("@")[0] !== workflow) continue;
    // Null where the fork is gone, whatever the types say.
    const from = run.head_repository as { full_name: string } | null;
    if (from?.full_name.toLowerCase() !== home) continue;
    runs.set(id, { head: run.head_sha, attempts: run.run_attempt ?? 1 });
  }
  return manifests.filter(({ head, run }) => {
    const known = runs.get(run.id);
    return known !== undefined && known.head === head && run.attempt <= known.attempts;
  });
}
