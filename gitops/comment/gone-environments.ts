import type { Github } from "../github/client";
import { orMissing } from "../github/github-error";
import type { ReviewResult } from "../review/result";

/**
 * Says of environments that were not planned because the pull request has no file of them any more what that means: no job
 * plans them, so that nothing would be destroyed.
 * @param head - the commit of the pull request
 */
export async function tellGoneEnvironments(
  { rest, at }: Github,
  head: string,
  results: readonly ReviewResult[],
): Promise<ReviewResult[]> {
  return Promise.all(
    results.map(async (result) => {
      if (result.error === undefined || result.stacks.length > 0 || result.run.id !== "0") return result;
      const file = { ...at, path: `environments/${result.environment}.yaml`, ref: head };
      const found = await orMissing(rest.repos.getContent({ ...file, mediaType: { format: "raw" } }));
      return found === undefined ? { ...result, error: goneWords(result.environment) } : result;
    }),
  );
}

const goneWords = (name: string): string =>
  [
    `environments/${name}.yaml is gone: what it has in AWS would stay, cost money and not be watched.`,
    `To remove the environment, destroy its stacks by hand first, as docs/gitops.md says under "Removing a stack". Then run`,
    `npm run repository on this branch, so that the check plan/${name} is no longer asked for, and merge.`,
  ].join("\n");
