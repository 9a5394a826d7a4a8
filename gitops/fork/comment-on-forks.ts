import type { Github } from "../github/client";
import { stickyComment } from "../github/sticky-comment";
import { messageOf, UserError } from "../user-error";
import { readForkResult } from "./fork-result";
import { forkText } from "./fork-text";

const marker = "<!-- darkroom:fork -->";
/** The workflow whose runs leave results, and the name they leave them under. */
const workflow = "check.yml";
const artifactName = "fork-result";

/** What became of one pull request from a fork. */
export interface ForkComment {
  readonly pullRequest: number;
  readonly outcome: "made" | "edited" | "same" | "unreadable";
  readonly text: string;
}

/**
 * Comments on open pull requests from forks whose check has ended lately. What a run left is matched with a pull request by what
 * GitHub says of the run, its commit and its repository; what the run itself says is shown as plain text at most.
 */
export async function commentOnForks(
  github: Github,
  { since, dryRun }: { readonly since: Date; readonly dryRun: boolean },
): Promise<ForkComment[]> {
  const { rest, paginate, at } = github;
  const home = `${at.owner}/${at.repo}`.toLowerCase();
  const pulls = (await paginate(rest.pulls.list, { ...at, state: "open", per_page: 100 })).filter(
    ({ head }) => head.repo !== null && head.repo.full_name.toLowerCase() !== home,
  );
  if (pulls.length === 0) return [];
  const runs = await paginate(rest.actions.listWorkflowRuns, {
    ...at,
    workflow_id: workflow,
    event: "pull_request",
    status: "completed",
    created: `>=${since.toISOString().slice(0, 19)}Z`,
    per_page: 100,
  });
  const comments: ForkComment[] = [];
  for (const { number, head } of pulls) {
    // Newest first, as GitHub lists them.
    const run = runs.find(
      (one) => one.head_sha === head.sha && one.head_repository?.full_name === head.repo?.full_name,
    );
    const zip = run && (await resultOf(github, run.id));
    if (!zip) continue;
    try {
      const text = forkText(readForkResult(zip), head.sha);
      const outcome = dryRun ? "same" : await stickyComment(github, { issue: number, marker, body: text });
      comments.push({ pullRequest: number, outcome, text });
    } catch (error) {
      if (!(error instanceof UserError) || error.name === "GithubError") throw error;
      comments.push({ pullRequest: number, outcome: "unreadable", text: messageOf(error) });
    }
  }
  return comments;
}

async function resultOf({ rest, at }: Github, run: number): Promise<Uint8Array | undefined> {
  const { data } = await rest.actions.listWorkflowRunArtifacts({
    ...at,
    run_id: run,
    name: artifactName,
    per_page: 100,
  });
  const found = data.artifacts.find(({ name, expired }) => name === artifactName && !expired);
  if (!found) return undefined;
  const answer = await rest.actions.downloadArtifact({ ...at, artifact_id: found.id, archive_format: "zip" });
  return new Uint8Array(answer.data as ArrayBuffer);
}
