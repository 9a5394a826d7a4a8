import type { Resource } from "../resource";

/** GitHub REST API, "Repositories". */
export const settings: Resource = {
  "GET ": (_call, _parameters, { id, owner, settings: held }) => ({
    body: { id, owner, name: "darkroom", full_name: `${owner.login}/darkroom`, default_branch: "main", ...held },
  }),
  "PATCH ": ({ body }, _parameters, repository) => {
    repository.settings = { ...repository.settings, ...body };
    return { body: { id: repository.id, owner: repository.owner, ...repository.settings } };
  },
};
