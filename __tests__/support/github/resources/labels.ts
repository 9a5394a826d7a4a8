import { invalid, notFound, paged, type Resource } from "../resource";

/** GitHub REST API, "Labels". */
export const labels: Resource = {
  "GET /labels": (call, _parameters, { labels: held }) => paged(call, held),
  "POST /labels": ({ body }, _parameters, { labels: held }) => {
    if (held.some(({ name }) => name.toLowerCase() === body.name.toLowerCase())) {
      return invalid({ resource: "Label", code: "already_exists", field: "name" });
    }
    held.push({ description: null, ...body });
    return { status: 201, body };
  },
  "PATCH /labels/:name": ({ body }, { name }, { labels: held }) => {
    const found = held.find((label) => label.name === name);
    const { new_name = name, ...rest } = body;
    return found ? { body: Object.assign(found, rest, { name: new_name }) } : notFound;
  },
};
