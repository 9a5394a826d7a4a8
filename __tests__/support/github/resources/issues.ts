import { notFound, paged, type Resource } from "../resource";

const bot = { login: "github-actions[bot]", type: "Bot" };

/** GitHub REST API, "Issues". */
export const issues: Resource = {
  "GET /issues": (call, _parameters, { issues: held }) => {
    const state = call.query.get("state") ?? "open";
    return paged(
      call,
      held.filter((issue) => state === "all" || issue.state === state),
    );
  },
  "POST /issues": ({ body }, _parameters, { issues: held, nextId }) => {
    const issue = {
      number: nextId(),
      state: "open" as const,
      user: bot,
      created_at: new Date().toISOString(),
      ...body,
    };
    held.push(issue);
    return { status: 201, body: issue };
  },
  "PATCH /issues/:number": ({ body }, { number }, { issues: held }) => {
    const found = held.find((issue) => String(issue.number) === number);
    return found ? { body: Object.assign(found, body) } : notFound;
  },
};
