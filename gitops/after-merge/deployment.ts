import type { Github } from "../github/client";
import { runUrl } from "../github/run-url";

/** A deployment on GitHub that was begun. */
export interface OpenDeployment {
  end(state: "success" | "failure", description: string): Promise<void>;
}

/** GitHub's limit. */
const maxDescription = 140;

/**
 * Begins a deployment on GitHub: a place in the repository's history of an environment, with the run's log. The job's own one,
 * which GitHub makes, says nothing of what was done.
 */
export async function openDeployment(
  { rest, at, context }: Github,
  { commit, environment, description }: { commit: string; environment: string; description: string },
): Promise<OpenDeployment> {
  const url = runUrl(context);
  const log = url === undefined ? {} : { log_url: url };
  const { data } = await rest.repos.createDeployment({
    ...at,
    ref: commit,
    environment,
    task: "darkroom:apply",
    description: description.slice(0, maxDescription),
    auto_merge: false,
    // Whether it may be applied is for the review to say.
    required_contexts: [],
  });
  const id = "id" in data ? data.id : undefined;
  const say = async (state: "in_progress" | "success" | "failure", text: string): Promise<void> => {
    if (id === undefined) return;
    await rest.repos.createDeploymentStatus({
      ...at,
      deployment_id: id,
      state,
      description: text.slice(0, maxDescription),
      // GitHub would else end those of earlier merges as inactive, and with them the job's own.
      auto_inactive: false,
      ...log,
    });
  };
  await say("in_progress", description);
  return { end: say };
}
