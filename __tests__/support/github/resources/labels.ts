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
  // Whatever carries it loses it.
  "DELETE /labels/:name": (_call, { name = "" }, repository) => {
    const left = repository.labels.filter((label) => label.name !== name);
    if (left.length === repository.labels.length) return notFound;
    repository.labels = left;
    for (const each of [...repository.pulls, ...repository.issues]) {
      if (each.labels) each.labels = each.labels.filter((label) => label !== name);
    }
    return { status: 204 };
  },
};
