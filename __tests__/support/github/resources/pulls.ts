import type { Pull, Repository } from "../repository";
import { invalid, notFound, paged, type Resource } from "../resource";

const homeOf = ({ owner }: Repository): string => `${owner.login}/darkroom`;

const shown = ({ brought, assignees = [], labels = [], ...pull }: Pull) => ({
  ...pull,
  merged_at: pull.merged_at ?? null,
  merge_commit_sha: pull.merge_commit_sha ?? null,
  auto_merge: pull.auto_merge ?? null,
  commits: pull.commits ?? brought?.length ?? 1,
  assignees: assignees.map((login) => ({ login })),
  labels: labels.map((name) => ({ name })),
});

/** GitHub REST API, "Pull requests", and of "Commits" and "Issues" what concerns them. */
export const pulls: Resource = {
  "GET /pulls": (call, _parameters, repository) => {
    const state = call.query.get("state") ?? "open";
    const head = call.query.get("head");
    const base = call.query.get("base");
    const found = repository.pulls.filter(
      (pull) =>
        (state === "all" || pull.state === state) &&
        (head === null || head === `${repository.owner.login}:${pull.head.ref}`) &&
        (base === null || base === pull.base.ref),
    );
    return paged(call, found.map(shown));
  },
  "GET /pulls/:number": (_call, { number }, { pulls: held }) => {
    const found = held.find((pull) => String(pull.number) === number);
    return found ? { body: shown(found) } : notFound;
  },
  "POST /pulls": ({ body }, _parameters, repository) => {
    const { title, body: text, head, base } = body;
    const sha = repository.git.branches.get(head);
    if (sha === undefined) return invalid({ resource: "PullRequest", field: "head", code: "invalid" });
    if (repository.pulls.some((pull) => pull.state === "open" && pull.head.ref === head)) {
      return invalid(`A pull request already exists for ${repository.owner.login}:${head}.`);
    }
    const pull: Pull = {
      number: repository.nextId(),
      state: "open",
      title,
      body: text,
      head: { sha, ref: head, repo: { full_name: homeOf(repository) } },
      base: { sha: repository.git.branches.get(base) ?? "", ref: base },
      user: { login: "github-actions[bot]", type: "Bot" },
    };
    repository.pulls.push(pull);
    return { status: 201, body: shown(pull) };
  },
  "PATCH /pulls/:number": ({ body }, { number }, { pulls: held }) => {
    const found = held.find((pull) => String(pull.number) === number);
    return found ? { body: shown(Object.assign(found, body)) } : notFound;
  },
  "GET /commits/:sha/pulls": (call, { sha = "" }, { pulls: held }) =>
    paged(
      call,
      held.filter(({ merge_commit_sha, brought = [] }) => merge_commit_sha === sha || brought.includes(sha)).map(shown),
    ),
  "POST /issues/:number/assignees": ({ body }, { number }, { pulls: held }) => {
    const found = held.find((pull) => String(pull.number) === number);
    if (!found) return notFound;
    found.assignees = [...new Set([...(found.assignees ?? []), ...body.assignees])];
    return { status: 201, body: shown(found) };
  },
  "POST /issues/:number/labels": ({ body }, { number }, { pulls: held }) => {
    const found = held.find((pull) => String(pull.number) === number);
    if (!found) return notFound;
    found.labels = [...new Set([...(found.labels ?? []), ...body.labels])];
    return { body: found.labels.map((name) => ({ name })) };
  },
};
