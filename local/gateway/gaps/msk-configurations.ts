import { randomUUID } from "node:crypto";
import { AwsError, type GapContext } from "../gap";
import { clustersOf } from "../msk/cluster";
import { type RestCall, restGap } from "../rest-gap";

interface Revision {
  readonly revision: number;
  readonly creationTime: string;
  readonly description: string;
  /** base64, as it travels. */
  readonly serverProperties: string;
}

interface Configuration {
  readonly arn: string;
  readonly name: string;
  readonly kafkaVersions: readonly string[];
  readonly revisions: readonly [Revision, ...Revision[]];
}

const stored = ({ state }: GapContext) => state<Configuration>("configurations");

const find = ({ parameters, context }: RestCall): Configuration => {
  const configuration = stored(context).get(parameters.arn ?? "");
  if (configuration === undefined) {
    // The code Terraform's provider takes for "gone".
    throw new AwsError("BadRequestException", `Configuration ARN does not exist: ${parameters.arn}`);
  }
  return configuration;
};

const revisionOf = (call: RestCall, revision: number): Revision => ({
  revision,
  creationTime: call.context.now().toISOString(),
  description: String(call.json.description ?? ""),
  serverProperties: String(call.json.serverProperties ?? ""),
});

const described = ({ arn, name, kafkaVersions, revisions: [latest, ...older] }: Configuration): object => {
  const { serverProperties: _, ...latestRevision } = latest;
  const creationTime = (older.at(-1) ?? latest).creationTime;
  return { arn, name, kafkaVersions, creationTime, description: latest.description, state: "ACTIVE", latestRevision };
};

const create = (call: RestCall): object => {
  const { json, request, context } = call;
  const name = String(json.name);
  if (
    stored(context)
      .all()
      .some((other) => other.name === name)
  ) {
    throw new AwsError("ConflictException", `A configuration named ${name} already exists.`, 409);
  }
  const arn = `arn:aws:kafka:${request.region}:${request.account}:configuration/${name}/${randomUUID()}-2`;
  const kafkaVersions = (json.kafkaVersions ?? []) as readonly string[];
  return described(stored(context).put(arn, { arn, name, kafkaVersions, revisions: [revisionOf(call, 1)] }));
};

const update = (call: RestCall): object => {
  const was = find(call);
  const next = revisionOf(call, was.revisions[0].revision + 1);
  return described(stored(call.context).put(was.arn, { ...was, revisions: [next, ...was.revisions] }));
};

const remove = (call: RestCall): object => {
  const { arn } = find(call);
  const user = clustersOf(call.context)
    .all()
    .find(({ provisioned }) => provisioned?.configurationInfo?.arn === arn);
  if (user) throw new AwsError("BadRequestException", `The configuration is in use by ${user.clusterName}.`);
  stored(call.context).remove(arn);
  return { arn, state: "DELETING" };
};

const revision = (call: RestCall): object => {
  const { arn, revisions } = find(call);
  const found = revisions.find((candidate) => candidate.revision === Number(call.parameters.revision));
  if (found === undefined) throw new AwsError("NotFoundException", "The revision does not exist.", 404);
  return { arn, ...found };
};

export const mskConfigurations = restGap({
  name: "msk-configurations",
  service: "kafka",
  description: "Amazon MSK configurations: new revisions and deletion (refused while a cluster uses it).",
  routes: {
    "POST /v1/configurations": create,
    "GET /v1/configurations": ({ context }) => ({ configurations: stored(context).all().map(described) }),
    "GET /v1/configurations/{arn}": (call) => described(find(call)),
    "PUT /v1/configurations/{arn}": update,
    "DELETE /v1/configurations/{arn}": remove,
    "GET /v1/configurations/{arn}/revisions": (call) => ({ revisions: find(call).revisions }),
    "GET /v1/configurations/{arn}/revisions/{revision}": revision,
  },
});
