import { AwsError } from "../gap";
import { change, operationOf, taking, versionText, withStorage } from "../msk/changes";
import { bootstrapOf, type Cluster, clusterOf, clustersOf, describedProvisioned, newCluster } from "../msk/cluster";
import { type RestCall, restGap } from "../rest-gap";

const create = ({ json, request, context }: RestCall): object => {
  const { clusterName, tags, provisioned, serverless, ...flat } = json as unknown as Cluster;
  if (
    clustersOf(context)
      .all()
      .some((other) => other.clusterName === clusterName)
  ) {
    throw new AwsError("ConflictException", `The cluster name ${clusterName} already exists.`, 409);
  }
  // CreateCluster (v1) has the provisioned settings at the top.
  const settings = provisioned ?? (serverless ? undefined : (flat as unknown as Cluster["provisioned"]));
  const cluster = newCluster(context, request, {
    clusterName,
    tags,
    ...(settings && { provisioned: settings }),
    ...(serverless && { serverless }),
  });
  clustersOf(context).put(cluster.clusterArn, cluster);
  const { clusterArn } = cluster;
  return { clusterArn, clusterName, state: "ACTIVE", clusterType: settings ? "PROVISIONED" : "SERVERLESS" };
};

const common = ({ clusterArn, clusterName, creationTime, version, tags }: Cluster) => ({
  clusterArn,
  clusterName,
  creationTime,
  currentVersion: versionText(version),
  state: "ACTIVE",
  tags,
});

const describe = (cluster: Cluster, request: RestCall["request"]): object => {
  const { provisioned, serverless } = cluster;
  if (provisioned === undefined) return { ...common(cluster), clusterType: "SERVERLESS", serverless };
  return {
    ...common(cluster),
    clusterType: "PROVISIONED",
    provisioned: describedProvisioned(provisioned, request),
  };
};

const describeV1 = (cluster: Cluster, request: RestCall["request"]): object => {
  if (cluster.provisioned === undefined) throw new AwsError("BadRequestException", "The cluster is serverless.");
  return { ...common(cluster), ...describedProvisioned(cluster.provisioned, request) };
};

const named = ({ request, context }: RestCall): readonly Cluster[] => {
  const prefix = request.query.get("clusterNameFilter") ?? "";
  return clustersOf(context)
    .all()
    .filter(({ clusterName }) => clusterName.startsWith(prefix));
};

const remove = ({ parameters, context }: RestCall): object => {
  const { clusterArn } = clusterOf(context, parameters.arn ?? "");
  clustersOf(context).remove(clusterArn);
  return { clusterArn, state: "DELETING" };
};

const operation = ({ parameters, context }: RestCall): object => {
  const found = operationOf(context, parameters.arn ?? "");
  return { clusterOperationInfo: { ...found, clusterType: "PROVISIONED" } };
};

export const mskClusters = restGap({
  name: "msk-clusters",
  service: "kafka",
  description:
    "Amazon MSK clusters, provisioned and serverless: create, read, change, delete; their bootstrap brokers are the real local Kafka.",
  routes: {
    "POST /api/v2/clusters": create,
    "POST /v1/clusters": create,
    "GET /api/v2/clusters": (call) => ({
      clusterInfoList: named(call).map((cluster) => describe(cluster, call.request)),
    }),
    "GET /v1/clusters": (call) => ({
      clusterInfoList: named(call)
        .filter(({ provisioned }) => provisioned !== undefined)
        .map((cluster) => describeV1(cluster, call.request)),
    }),
    "GET /api/v2/clusters/{arn}": ({ parameters, request, context }) => ({
      clusterInfo: describe(clusterOf(context, parameters.arn ?? ""), request),
    }),
    "GET /v1/clusters/{arn}": ({ parameters, request, context }) => ({
      clusterInfo: describeV1(clusterOf(context, parameters.arn ?? ""), request),
    }),
    "DELETE /v1/clusters/{arn}": remove,
    "GET /v1/clusters/{arn}/bootstrap-brokers": ({ parameters, context }) =>
      bootstrapOf(clusterOf(context, parameters.arn ?? ""), context.kafkaBrokers),
    "GET /v1/clusters/{arn}/scram-secrets": () => ({ secretArnList: [] }),
    "GET /v1/operations/{arn}": operation,
    "GET /api/v2/operations/{arn}": operation,
    "PUT /v1/clusters/{arn}/nodes/storage": change("UPDATE_BROKER_STORAGE", withStorage),
    "PUT /v1/clusters/{arn}/nodes/type": change("UPDATE_BROKER_TYPE", ({ brokerNodeGroupInfo }, call) => ({
      brokerNodeGroupInfo: { ...brokerNodeGroupInfo, instanceType: call.targetInstanceType },
    })),
    "PUT /v1/clusters/{arn}/nodes/count": change("UPDATE_BROKER_COUNT", (_, call) => ({
      numberOfBrokerNodes: call.targetNumberOfBrokerNodes,
    })),
    "PUT /v1/clusters/{arn}/configuration": change("UPDATE_CLUSTER_CONFIGURATION", taking("configurationInfo")),
    "PUT /v1/clusters/{arn}/version": change("UPDATE_CLUSTER_KAFKA_VERSION", (_, call) => ({
      kafkaVersion: call.targetKafkaVersion,
      ...taking("configurationInfo")(_, call),
    })),
    "PUT /v1/clusters/{arn}/monitoring": change(
      "UPDATE_MONITORING",
      taking("enhancedMonitoring", "openMonitoring", "loggingInfo"),
    ),
    "PATCH /v1/clusters/{arn}/security": change("UPDATE_SECURITY", taking("clientAuthentication", "encryptionInfo")),
    "PUT /v1/clusters/{arn}/connectivity": change("UPDATE_CONNECTIVITY", ({ brokerNodeGroupInfo }, call) => ({
      brokerNodeGroupInfo: { ...brokerNodeGroupInfo, connectivityInfo: call.connectivityInfo },
    })),
  },
});
