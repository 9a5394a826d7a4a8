import { randomUUID } from "node:crypto";
import { AwsError, type GapContext } from "../gap";

type Json = Record<string, unknown>;

/** The settings of a provisioned cluster, named as in CreateClusterV2. */
export interface Provisioned extends Json {
  readonly brokerNodeGroupInfo: Json;
  readonly kafkaVersion: string;
  readonly numberOfBrokerNodes: number;
  readonly configurationInfo?: { readonly arn: string; readonly revision: number };
  readonly encryptionInfo?: { readonly encryptionInTransit?: { readonly clientBroker?: string } };
  readonly clientAuthentication?: ClientAuthentication;
}

interface ClientAuthentication {
  readonly sasl?: { readonly iam?: { readonly enabled?: boolean }; readonly scram?: { readonly enabled?: boolean } };
  readonly tls?: { readonly enabled?: boolean };
}

export interface Cluster {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly creationTime: string;
  /** Counts changes; AWS's is opaque (`K3AEGXETSR30VB`). */
  readonly version: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly provisioned?: Provisioned;
  readonly serverless?: Json & { readonly clientAuthentication?: ClientAuthentication };
}

export const clustersOf = ({ state }: GapContext) => state<Cluster>("clusters");

/** @throws AwsError NotFoundException. */
export const clusterOf = (context: GapContext, arn: string): Cluster => {
  const cluster = clustersOf(context).get(arn);
  if (cluster === undefined) throw new AwsError("NotFoundException", `The cluster ${arn} does not exist.`, 404);
  return cluster;
};

export const newCluster = (
  { now }: GapContext,
  place: { readonly account: string; readonly region: string },
  call: Pick<Cluster, "clusterName"> & Partial<Pick<Cluster, "tags" | "provisioned" | "serverless">>,
): Cluster => ({
  clusterArn: `arn:aws:kafka:${place.region}:${place.account}:cluster/${call.clusterName}/${randomUUID()}-2`,
  clusterName: call.clusterName,
  creationTime: now().toISOString(),
  version: 1,
  tags: call.tags ?? {},
  ...(call.provisioned && { provisioned: call.provisioned }),
  ...(call.serverless && { serverless: call.serverless }),
});

/** A cluster's `provisioned` part with the defaults AWS fills in. */
export const describedProvisioned = (
  { kafkaVersion, configurationInfo, ...settings }: Provisioned,
  { region, account }: { readonly region: string; readonly account: string },
): Json => {
  const { encryptionAtRest, encryptionInTransit } = (settings.encryptionInfo ?? {}) as Record<string, Json>;
  const { connectivityInfo, ...brokers } = settings.brokerNodeGroupInfo;
  return {
    enhancedMonitoring: "DEFAULT",
    storageMode: "LOCAL",
    ...settings,
    brokerNodeGroupInfo: {
      brokerAZDistribution: "DEFAULT",
      ...brokers,
      connectivityInfo: { publicAccess: { type: "DISABLED" }, ...(connectivityInfo as Json | undefined) },
    },
    encryptionInfo: {
      encryptionAtRest: encryptionAtRest ?? {
        dataVolumeKMSKeyId: `arn:aws:kms:${region}:${account}:alias/aws/kafka`,
      },
      encryptionInTransit: { clientBroker: "TLS", inCluster: true, ...encryptionInTransit },
    },
    currentBrokerSoftwareInfo: {
      kafkaVersion,
      ...(configurationInfo && {
        configurationArn: configurationInfo.arn,
        configurationRevision: configurationInfo.revision,
      }),
    },
  };
};

/** Bootstrap strings of the ways in that are enabled; all of them lead to the one real broker. */
export const bootstrapOf = ({ provisioned, serverless }: Cluster, brokers: readonly string[]): Json => {
  const address = brokers.join(",");
  const { sasl, tls } = (provisioned ?? serverless)?.clientAuthentication ?? {};
  const inTransit = provisioned?.encryptionInfo?.encryptionInTransit?.clientBroker ?? "TLS";
  const encrypted = inTransit !== "PLAINTEXT" && provisioned !== undefined;
  return {
    ...(sasl?.iam?.enabled && { bootstrapBrokerStringSaslIam: address }),
    ...(sasl?.scram?.enabled && { bootstrapBrokerStringSaslScram: address }),
    ...(encrypted && (tls?.enabled || !sasl) && { bootstrapBrokerStringTls: address }),
    ...(inTransit !== "TLS" && { bootstrapBrokerString: address }),
  };
};
