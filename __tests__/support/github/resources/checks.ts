import { notFound, paged, type Resource } from "../resource";

const app = { slug: "github-actions" };

/** GitHub REST API, "Check runs". */
export const checks: Resource = {
  "POST /check-runs": ({ body }, _parameters, { checks: held, nextId }) => {
    const check = {
      external_id: "",
      conclusion: null,
      output: { title: null, summary: null },
      ...body,
      id: nextId(),
      app,
    };
    held.push(check);
    return { status: 201, body: check };
  },
  "PATCH /check-runs/:id": ({ body }, { id }, { checks: held }) => {
    const found = held.find((check) => String(check.id) === id);
    return found ? { body: Object.assign(found, body) } : notFound;
  },
  "GET /commits/:ref/check-runs": (call, { ref }, { checks: held }) => {
    const name = call.query.get("check_name");
    const found = held.filter((check) => check.head_sha === ref && (name === null || check.name === name));
    return paged(call, found, (page) => ({ total_count: found.length, check_runs: page }));
  },
};
