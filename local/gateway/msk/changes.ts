import { randomUUID } from "node:crypto";
import { AwsError, type GapContext } from "../gap";
import type { RestCall } from "../rest-gap";
import { clusterOf, clustersOf, type Provisioned } from "./cluster";

type Json = Record<string, unknown>;

interface Operation {
  readonly operationArn: string;
  readonly clusterArn: string;
  readonly operationType: string;
  readonly operationState: "UPDATE_COMPLETE";
  readonly startTime: string;
  readonly endTime: string;
}

const storedOperations = ({ state }: GapContext) => state<Operation>("operations");

/** @throws AwsError NotFoundException. */
export const operationOf = (context: GapContext, arn: string): Operation => {
  const operation = storedOperations(context).get(arn);
  if (operation === undefined) throw new AwsError("NotFoundException", `The operation ${arn} does not exist.`, 404);
  return operation;
};

/** Carries out an update of a provisioned cluster at once. */
export const change =
  (operationType: string, apply: (settings: Provisioned, call: Json) => Json) =>
  ({ parameters, json, context }: RestCall): object => {
    const cluster = clusterOf(context, parameters.arn ?? "");
    if (cluster.provisioned === undefined) {
      throw new AwsError("BadRequestException", "This operation cannot be performed on serverless clusters.");
    }
    if (json.currentVersion !== undefined && json.currentVersion !== versionText(cluster.version)) {
      throw new AwsError("BadRequestException", `The current version is ${versionText(cluster.version)}.`);
    }
    const provisioned = { ...cluster.provisioned, ...apply(cluster.provisioned, json) };
    clustersOf(context).put(cluster.clusterArn, { ...cluster, provisioned, version: cluster.version + 1 });
    const time = context.now().toISOString();
    const operationArn = `${cluster.clusterArn.replace(":cluster/", ":cluster-operation/")}/${randomUUID()}`;
    storedOperations(context).put(operationArn, {
      operationArn,
      clusterArn: cluster.clusterArn,
      operationType,
      operationState: "UPDATE_COMPLETE",
      startTime: time,
      endTime: time,
    });
    return { clusterArn: cluster.clusterArn, clusterOperationArn: operationArn };
  };

export const versionText = (version: number): string => `K${version}`;

/** The new volume size and throughput of every broker, as UpdateBrokerStorage names them. */
export const withStorage = ({ brokerNodeGroupInfo }: Provisioned, call: Json): Json => {
  const [target] = (call.targetBrokerEBSVolumeInfo ?? []) as readonly Json[];
  const ebsStorageInfo = {
    volumeSize: target?.volumeSizeGB,
    ...(target?.provisionedThroughput ? { provisionedThroughput: target.provisionedThroughput } : {}),
  };
  return { brokerNodeGroupInfo: { ...brokerNodeGroupInfo, storageInfo: { ebsStorageInfo } } };
};

/** The fields named, taken from the call where it has them. */
export const taking =
  (...names: readonly string[]) =>
  (_: Provisioned, call: Json): Json =>
    Object.fromEntries(names.filter((name) => call[name] !== undefined).map((name) => [name, call[name]]));
