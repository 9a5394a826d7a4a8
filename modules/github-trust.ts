import type { Environment } from "../environments/schema";
import { githubAudience, githubIssuer } from "./github-provider";
import { policyDocument } from "./policy";

type Repository = Pick<Environment["github"], "repository" | "ownerId" | "repositoryId">;

/** What a workflow may be doing when it takes a role. */
export type WorkflowContext = "pull_request" | "ref:refs/heads/main" | `environment:${string}`;

/**
 * The subject of a workflow's token (GitHub Docs, "OpenID Connect", subject claims): with GitHub's numbers where the settings have
 * them, which nobody else can get by taking over a name.
 */
export function githubSubject({ repository, ownerId, repositoryId }: Repository, context: WorkflowContext): string {
  const [owner, name] = repository.split("/");
  const place = ownerId && repositoryId ? `${owner}@${ownerId}/${name}@${repositoryId}` : repository;
  return `repo:${place}:${context}`;
}

export interface GithubTrustProps {
  readonly providerArn: string;
  readonly repository: Repository;
  readonly contexts: readonly WorkflowContext[];
  /** Git reference the workflow has to run on. @default - what the contexts say */
  readonly ref?: string;
}

/** Who may take a role: workflows of one repository in the named contexts, each compared letter by letter. */
export function githubTrust({ providerArn, repository, contexts, ref }: GithubTrustProps): string {
  const subjects = contexts.map((context) => githubSubject(repository, context));
  return policyDocument([
    {
      sid: "WorkflowsOfThisRepository",
      principals: { Federated: providerArn },
      actions: ["sts:AssumeRoleWithWebIdentity"],
      conditions: {
        StringEquals: {
          [`${githubIssuer}:aud`]: githubAudience,
          [`${githubIssuer}:sub`]: subjects,
          ...(ref && { [`${githubIssuer}:ref`]: ref }),
        },
      },
    },
  ]);
}
