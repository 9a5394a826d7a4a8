import { notFound, type Resource } from "../resource";

/** GitHub GraphQL API: the one mutation that is used. */
export const graphql: Resource = {
  "POST //graphql": ({ body }, _parameters, { pulls }) => {
    const pull = pulls.find(({ node_id }) => node_id !== undefined && node_id === body.variables.id);
    if (!pull || !body.query.includes("disablePullRequestAutoMerge")) return notFound;
    pull.auto_merge = null;
    return { body: { data: { disablePullRequestAutoMerge: { clientMutationId: null } } } };
  },
};
