import type { Github } from "../github/client";
import { GithubError } from "../github/github-error";
import { messageOf } from "../user-error";

/** Takes auto-merge away. @returns why it is still there, to be thrown once all else is told */
export async function autoMergeRefused(
  { graphql, rest, at }: Github,
  pullRequest: number,
  id: string,
): Promise<GithubError | undefined> {
  try {
    await graphql(
      "mutation ($id: ID!) { disablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId } }",
      { id },
    );
    return undefined;
  } catch (error) {
    if (error instanceof GithubError) return error;
    // GraphQL answers 200 also when it refuses; so it does when somebody was faster.
    const { data } = await rest.pulls.get({ ...at, pull_number: pullRequest });
    if (data.auto_merge === null || data.state === "closed") return undefined;
    const { errors = [] } = error as { readonly errors?: readonly { readonly message: string }[] };
    const says = errors.length > 0 ? errors.map(({ message }) => message).join("; ") : messageOf(error);
    return new GithubError(
      200,
      `GitHub does not take auto-merge from #${pullRequest}. GitHub says: ${says} Take it away there, then run this job again.`,
    );
  }
}
