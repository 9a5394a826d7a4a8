import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { prefixes } from "../functions/common/layout";
import { writeTopic } from "../modules/kafka-access";
import { resourceName } from "../modules/names";
import type { PolicyStatement } from "../modules/policy";
import { WebApp } from "../modules/web-app";
import type { Layers } from "./layers";

/** The two web apps: one writes to the topic and puts large images aside, the other lets browsers upload into the pending prefix. */
export function buildWebApps(scope: Construct, environment: Environment, { data, network, streaming }: Layers): void {
  const put = (sid: string, prefix: string): PolicyStatement => ({
    sid,
    actions: ["s3:PutObject"],
    resources: [`${data.uploads.arn}/${prefix}*`],
  });
  const useKey: PolicyStatement = {
    sid: "UseKey",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [data.key.arn],
  };
  const app = (
    part: "stream" | "upload",
    variables: Record<string, string>,
    statements: PolicyStatement[],
    securityGroupIds: string[],
  ) => {
    const { certificateArn, domain, instanceTypes, minInstances, maxInstances } = environment.webApps[part];
    return new WebApp(scope, `web-${part}`, {
      name: resourceName(environment, `web-${part}`),
      account: environment.account,
      vpcId: network.vpcId,
      instanceSubnetIds: network.subnets.privateIds,
      loadBalancerSubnetIds: network.subnets.publicIds,
      securityGroupIds,
      instanceTypes,
      minInstances,
      maxInstances,
      ...(certificateArn && { certificateArn }),
      environment: {
        ENVIRONMENT: environment.name,
        UPLOADS_BUCKET: data.uploads.bucketName,
        ...(domain && { DOMAIN: domain }),
        ...variables,
      },
      logRetentionDays: environment.retention.logDays,
      statements: [...statements, useKey],
    });
  };
  const topic = { clusterArn: streaming.clusterArn, topic: environment.streaming.topic };
  app(
    "stream",
    {
      KAFKA_CLUSTER_ARN: topic.clusterArn,
      KAFKA_TOPIC: topic.topic,
      KAFKA_PARTITIONS: String(environment.streaming.partitions),
      INLINE_MAX_BYTES: String(environment.streaming.inlineMaxBytes),
    },
    [
      { sid: "FindKafka", actions: ["kafka:GetBootstrapBrokers"], resources: [topic.clusterArn] },
      ...writeTopic(topic),
      put("PutClaims", prefixes.claims),
    ],
    [streaming.clientsGroupId],
  );
  app("upload", {}, [put("UploadPending", prefixes.pending)], []);
}
