import { AwsError, type Reply } from "../gap";
import { changedMapping, type KafkaMapping, newMapping } from "../lambda/kafka-mapping";
import { jsonReply } from "../replies";
import { type RestCall, restGap } from "../rest-gap";

const stored = ({ context }: RestCall) => context.state<KafkaMapping>("kafka-mappings");

const shown = ({ Tags: _, ...mapping }: KafkaMapping): object => mapping;

/** The full ARN of a function named in any of the ways Lambda allows. @throws AwsError when there is none. */
const functionArn = async ({ request, context }: RestCall, name: string): Promise<string> => {
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/configuration`;
  const query = new URLSearchParams();
  const reply = await context.upstream(request, { method: "GET", path, query, body: Buffer.alloc(0) });
  const answer = JSON.parse(reply.body.toString() || "{}") as { FunctionArn?: string };
  if (reply.status !== 200 || answer.FunctionArn === undefined) {
    throw new AwsError("InvalidParameterValueException", `Function not found: ${name}`);
  }
  return answer.FunctionArn;
};

const create = async (call: RestCall): Promise<Reply> => {
  const { json, request, context } = call;
  if (!String(json.EventSourceArn).startsWith("arn:aws:kafka:")) return context.upstream(request);
  const mapping = newMapping(json, await functionArn(call, String(json.FunctionName)), request, context);
  const group = (one: KafkaMapping) => JSON.stringify([one.EventSourceArn, one.FunctionArn, one.Topics]);
  const same = stored(call)
    .all()
    .find((other) => group(other) === group(mapping));
  if (same) {
    throw new AwsError(
      "ResourceConflictException",
      `The mapping ${same.UUID} already has this source and function.`,
      409,
    );
  }
  return jsonReply(shown(stored(call).put(mapping.UUID, mapping)), 202);
};

const list = async (call: RestCall): Promise<Reply> => {
  const { request, context } = call;
  const [source, name] = [request.query.get("EventSourceArn"), request.query.get("FunctionName")];
  const own = stored(call)
    .all()
    .filter((mapping) => source === null || mapping.EventSourceArn === source)
    .filter(({ FunctionArn }) => name === null || FunctionArn === name || FunctionArn.split(":")[6] === name);
  if (source?.startsWith("arn:aws:kafka:")) return jsonReply({ EventSourceMappings: own.map(shown) });
  const reply = await context.upstream(request);
  if (reply.status !== 200) return reply;
  const page = JSON.parse(reply.body.toString()) as { EventSourceMappings: object[]; NextMarker?: string };
  // On the last page only, so that a listing in several pages has them once.
  const added = page.NextMarker ? [] : own.map(shown);
  return jsonReply({ ...page, EventSourceMappings: [...page.EventSourceMappings, ...added] });
};

const ofOurs =
  (answer: (mapping: KafkaMapping, call: RestCall) => Reply | Promise<Reply>) =>
  (call: RestCall): Reply | Promise<Reply> => {
    const mapping = stored(call).get(call.parameters.id ?? "");
    return mapping ? answer(mapping, call) : call.context.upstream(call.request);
  };

const update = async (was: KafkaMapping, call: RestCall): Promise<Reply> => {
  const name = call.json.FunctionName;
  const arn = name ? await functionArn(call, String(name)) : was.FunctionArn;
  const mapping = changedMapping(was, call.json, arn, call.context);
  return jsonReply(shown(stored(call).put(was.UUID, mapping)), 202);
};

const remove = (mapping: KafkaMapping, call: RestCall): Reply => {
  stored(call).remove(mapping.UUID);
  return jsonReply({ ...shown(mapping), State: "Deleting" }, 202);
};

const tagged =
  (change: (tags: Record<string, string>, call: RestCall) => Record<string, string> | undefined) =>
  (call: RestCall): Reply | Promise<Reply> => {
    const mapping = stored(call).get((call.parameters.arn ?? "").split(":event-source-mapping:")[1] ?? "");
    if (mapping === undefined) return call.context.upstream(call.request);
    const changed = change(mapping.Tags, call);
    if (changed === undefined) return jsonReply({ Tags: mapping.Tags });
    stored(call).put(mapping.UUID, { ...mapping, Tags: changed });
    return { status: 204, headers: {}, body: "" };
  };

const mappings = "/2015-03-31/event-source-mappings";
const tags = "/2017-03-31/tags/{arn}";

export const kafkaEventSourceMappings = restGap({
  name: "kafka-event-source-mappings",
  service: "lambda",
  description:
    "Lambda event source mappings on Amazon MSK, with every Kafka setting; `local/event-source` carries them out.",
  routes: {
    [`POST ${mappings}`]: create,
    [`GET ${mappings}`]: list,
    [`GET ${mappings}/{id}`]: ofOurs((mapping) => jsonReply(shown(mapping))),
    [`PUT ${mappings}/{id}`]: ofOurs(update),
    [`DELETE ${mappings}/{id}`]: ofOurs(remove),
    [`GET ${tags}`]: tagged(() => undefined),
    [`POST ${tags}`]: tagged((old, { json }) => ({ ...old, ...(json.Tags as Record<string, string>) })),
    [`DELETE ${tags}`]: tagged((old, { request }) => {
      const removed = new Set(request.query.getAll("tagKeys"));
      return Object.fromEntries(Object.entries(old).filter(([key]) => !removed.has(key)));
    }),
  },
});
