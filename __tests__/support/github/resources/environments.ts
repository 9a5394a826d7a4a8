import type { Environment, Repository } from "../repository";
import { type Answer, notFound, type Resource } from "../resource";

function shown(name: string, { reviewers, preventSelfReview }: Environment): Answer {
  const rule = {
    type: "required_reviewers",
    prevent_self_review: preventSelfReview,
    reviewers: reviewers.map(({ type, id, name: known }) => ({
      type,
      reviewer:
        type === "User"
          ? { id, login: known }
          : { id, slug: known.split("/")[1], html_url: `https://github.test/orgs/${known.split("/")[0]}/teams/x` },
    })),
  };
  // GitHub keeps no rule, and with it no word on who has started a run, where nobody is asked.
  const rules = [...(reviewers.length > 0 ? [rule] : []), { type: "branch_policy" }];
  return { body: { name, protection_rules: rules, deployment_branch_policy: { custom_branch_policies: true } } };
}

const nameOf = (type: string, id: number, { users, teams }: Repository): string | undefined =>
  [...(type === "User" ? users : teams)].find(([, known]) => known === id)?.[0];

/** GitHub REST API, "Deployment environments" and "Deployment branch policies". */
export const environments: Resource = {
  "GET /environments/:name": (_call, { name = "" }, { environments: held }) => {
    const found = held.get(name);
    return found ? shown(name, found) : notFound;
  },
  "PUT /environments/:name": ({ body }, { name = "" }, repository) => {
    const reviewers = ((body.reviewers ?? []) as { type: "User" | "Team"; id: number }[]).map(({ type, id }) => ({
      type,
      id,
      name: nameOf(type, id, repository) ?? "",
    }));
    const kept = repository.environments.get(name);
    const environment = {
      reviewers,
      preventSelfReview: body.prevent_self_review === true,
      branches: kept?.branches ?? [],
    };
    repository.environments.set(name, environment);
    return shown(name, environment);
  },
  "GET /environments/:name/deployment-branch-policies": (_call, { name = "" }, { environments: held }) => {
    const found = held.get(name);
    return found ? { body: { total_count: found.branches.length, branch_policies: found.branches } } : notFound;
  },
  "POST /environments/:name/deployment-branch-policies": ({ body }, { name = "" }, { environments: held, nextId }) => {
    const policy = { id: nextId(), name: body.name };
    held.get(name)?.branches.push(policy);
    return { body: policy };
  },
  "DELETE /environments/:name/deployment-branch-policies/:id": (_call, { name = "", id }, { environments: held }) => {
    const found = held.get(name);
    if (!found) return notFound;
    found.branches = found.branches.filter((policy) => String(policy.id) !== id);
    return { status: 204 };
  },
};
