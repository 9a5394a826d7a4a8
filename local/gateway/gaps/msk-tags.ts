import { clusterOf, clustersOf } from "../msk/cluster";
import { jsonReply } from "../replies";
import { type RestCall, restGap } from "../rest-gap";

const retag = (
  { parameters, context }: RestCall,
  change: (tags: Readonly<Record<string, string>>) => Record<string, string>,
) => {
  const cluster = clusterOf(context, parameters.arn ?? "");
  clustersOf(context).put(cluster.clusterArn, { ...cluster, tags: change(cluster.tags) });
  return jsonReply({}, 200);
};

export const mskTags = restGap({
  name: "msk-tags",
  service: "kafka",
  description: "Tags of Amazon MSK clusters.",
  routes: {
    "GET /v1/tags/{arn}": ({ parameters, context }) => ({ tags: clusterOf(context, parameters.arn ?? "").tags }),
    "POST /v1/tags/{arn}": (call) =>
      retag(call, (tags) => ({ ...tags, ...(call.json.tags as Record<string, string>) })),
    "DELETE /v1/tags/{arn}": (call) => {
      const removed = new Set(call.request.query.getAll("tagKeys"));
      return retag(call, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key))));
    },
  },
});
