import type { Environment } from "../../../environments/schema";
import type { Github } from "../../github/client";
import { orMissing } from "../../github/github-error";
import { UserError } from "../../user-error";
import { differences, type Facts, type PartChanges } from "../facts";
import { mainBranch } from "../wanted";

interface Reviewer {
  readonly type: "User" | "Team";
  readonly id: number;
}

/** Whoever has merged does not also let it through, wherever somebody else could. */
const needsAnother = ({ github: { approvers } }: Environment): boolean =>
  approvers.length > 1 || approvers.some((name) => name.includes("/"));

/** One environment on GitHub: who lets an apply go on, and that it comes from the main branch. */
export async function environmentPart(github: Github, environment: Environment): Promise<PartChanges> {
  const { rest, at } = github;
  const { name } = environment;
  const { approvers } = environment.github;
  const reviewers = await Promise.all(approvers.map((approver) => reviewerOf(github, name, approver)));
  const held = await orMissing(rest.repos.getEnvironment({ ...at, environment_name: name }));
  const branches = held ? await branchesOf(github, name) : [];
  const others = branches.filter((branch) => branch.name !== mainBranch);
  const wanted = factsOf(approvers, needsAnother(environment), [mainBranch]);
  const rule = held?.data.protection_rules?.find(({ type }) => type === "required_reviewers") as HeldRule | undefined;
  const before =
    held &&
    factsOf(
      (rule?.reviewers ?? []).map(loginOf),
      rule?.prevent_self_review === true,
      branches.map((b) => b.name ?? ""),
    );
  return {
    changes: differences(`environment ${name}`, before, wanted),
    make: async () => {
      await rest.repos.createOrUpdateEnvironment({
        ...at,
        environment_name: name,
        prevent_self_review: needsAnother(environment),
        reviewers,
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      });
      if (!branches.some((branch) => branch.name === mainBranch)) {
        await rest.repos.createDeploymentBranchPolicy({ ...at, environment_name: name, name: mainBranch });
      }
      for (const { id } of others) {
        if (id) await rest.repos.deleteDeploymentBranchPolicy({ ...at, environment_name: name, branch_policy_id: id });
      }
    },
  };
}

interface HeldRule {
  readonly prevent_self_review?: boolean;
  readonly reviewers?: readonly {
    readonly type: string;
    readonly reviewer: { readonly login?: string; readonly slug?: string; readonly html_url?: string };
  }[];
}

const factsOf = (approvers: readonly string[], another: boolean, branches: readonly string[]): Facts => ({
  "who lets an apply go on": approvers,
  "not who has started it": another,
  "branches that may be applied": branches,
});

/** `octocat`, or `image-platform/on-call`: a team's organisation is part of its address. */
function loginOf({ type, reviewer }: NonNullable<HeldRule["reviewers"]>[number]): string {
  if (type !== "Team") return reviewer.login ?? "";
  const organisation = /\/orgs\/([^/]+)\//.exec(reviewer.html_url ?? "")?.[1];
  return `${organisation ?? ""}/${reviewer.slug ?? ""}`;
}

async function branchesOf({ rest, at }: Github, name: string) {
  const found = await orMissing(
    rest.repos.listDeploymentBranchPolicies({ ...at, environment_name: name, per_page: 100 }),
  );
  return found?.data.branch_policies ?? [];
}

async function reviewerOf({ rest }: Github, environment: string, approver: string): Promise<Reviewer> {
  const [owner = "", team] = approver.split("/");
  const found =
    team === undefined
      ? await orMissing(rest.users.getByUsername({ username: owner }))
      : await orMissing(rest.teams.getByName({ org: owner, team_slug: team }));
  if (found) return { type: team === undefined ? "User" : "Team", id: found.data.id };
  const what = team === undefined ? `user ${owner}` : `team ${team} in ${owner}`;
  throw new UserError(
    `environments/${environment}.yaml: github.approvers: GitHub knows no ${what}, or does not show it to this token. Correct the name; to see teams the token needs to read the organisation's members.`,
  );
}
