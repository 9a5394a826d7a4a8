import { notFound, type Resource } from "../resource";

/** GitHub REST API, "Users" and "Teams". */
export const people: Resource = {
  "GET //users/:name": (_call, { name = "" }, { users }) => {
    const id = users.get(name);
    return id === undefined ? notFound : { body: { login: name, id } };
  },
  "GET //orgs/:org/teams/:slug": (_call, { org, slug }, { teams }) => {
    const id = teams.get(`${org}/${slug}`);
    return id === undefined ? notFound : { body: { slug, id } };
  },
};
