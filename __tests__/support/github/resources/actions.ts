import type { Resource } from "../resource";

/** GitHub REST API, "GitHub Actions permissions". */
export const actions: Resource = {
  "GET /actions/permissions": (_call, _parameters, { actions: held }) => ({ body: held.permissions }),
  "PUT /actions/permissions": ({ body }, _parameters, { actions: held }) => {
    held.permissions = { ...held.permissions, ...body };
    return { status: 204 };
  },
  "GET /actions/permissions/selected-actions": (_call, _parameters, { actions: held }) =>
    held.permissions.allowed_actions === "selected"
      ? { body: held.selection }
      : { status: 409, body: { message: "Conflict" } },
  "PUT /actions/permissions/selected-actions": ({ body }, _parameters, { actions: held }) => {
    if (held.permissions.allowed_actions !== "selected") return { status: 409, body: { message: "Conflict" } };
    held.selection = body;
    return { status: 204 };
  },
  "GET /actions/permissions/workflow": (_call, _parameters, { actions: held }) => ({ body: held.workflow }),
  "PUT /actions/permissions/workflow": ({ body }, _parameters, { actions: held }) => {
    held.workflow = body;
    return { status: 204 };
  },
};
