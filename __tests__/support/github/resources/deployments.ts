import { notFound, paged, type Resource } from "../resource";

/** GitHub REST API, "Deployments" and "Deployment statuses". */
export const deployments: Resource = {
  "GET /deployments": (call, _parameters, { deployments: held }) =>
    paged(
      call,
      held.filter(
        ({ environment, task }) =>
          environment === (call.query.get("environment") ?? environment) && task === (call.query.get("task") ?? task),
      ),
    ),
  "POST /deployments": ({ body }, _parameters, { deployments: held, nextId }) => {
    const { ref, environment, task, description, payload } = body;
    const deployment = {
      id: nextId(),
      sha: ref,
      environment,
      task,
      description,
      payload,
      statuses: [],
      created_at: new Date().toISOString(),
    };
    held.push(deployment);
    return { status: 201, body: deployment };
  },
  "POST /deployments/:id/statuses": ({ body }, { id }, { deployments: held, nextId }) => {
    const { state, description = "", log_url = "" } = body;
    const found = held.find((deployment) => String(deployment.id) === id);
    if (!found) return notFound;
    found.statuses.push({ state, description, log_url });
    return { status: 201, body: { id: nextId(), state } };
  },
};
