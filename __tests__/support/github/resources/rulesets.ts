import { invalid, notFound, paged, type Resource } from "../resource";

/** GitHub REST API, "Repository rules". A list says no rules, as GitHub's. */
export const rulesets: Resource = {
  "GET /rulesets": (call, _parameters, { rulesets: held }) =>
    paged(
      call,
      held.map(({ id, name, target, enforcement }) => ({ id, name, target, enforcement })),
    ),
  "POST /rulesets": ({ body }, _parameters, { rulesets: held, nextId }) => {
    if (held.some(({ name }) => name === body.name)) return invalid("Name must be unique");
    const ruleset = { id: nextId(), ...body };
    held.push(ruleset);
    return { status: 201, body: ruleset };
  },
  "GET /rulesets/:id": (_call, { id }, { rulesets: held }) => {
    const found = held.find((ruleset) => String(ruleset.id) === id);
    return found ? { body: found } : notFound;
  },
  "PUT /rulesets/:id": ({ body }, { id }, { rulesets: held }) => {
    const found = held.find((ruleset) => String(ruleset.id) === id);
    return found ? { body: Object.assign(found, body) } : notFound;
  },
};
