import type { Construct } from "constructs";
import { scheduleExpression } from "../environments/schedule";
import type { Environment } from "../environments/schema";
import { resourceName } from "../modules/names";
import type { PolicyStatement } from "../modules/policy";
import { WebApp } from "../modules/web-app";
import { loadBalancerLogs } from "../modules/web-app-options";
import { appCode } from "./app-code";
import type { Layers } from "./layers";
import { streamAppRights, uploadAppRights } from "./web-app-rights";

/** Proxies in front of an app: Beanstalk's nginx and its load balancer. */
const proxyHops = 2;

/** What the app checks the load balancer's word against; the load balancer itself is named by the app's bundle. */
const authentication = ({ webSignIn }: Environment): Record<string, string> =>
  webSignIn === undefined
    ? { AUTHENTICATION: "none" }
    : { AUTHENTICATION: "load-balancer", OIDC_ISSUER: webSignIn.issuer, OIDC_CLIENT_ID: webSignIn.clientId };

/** The two web apps: one writes to the topic and puts large images aside, the other lets browsers upload into the pending prefix. */
export function buildWebApps(scope: Construct, environment: Environment, { data, network, streaming }: Layers): void {
  const app = (
    part: "stream" | "upload",
    variables: Record<string, string>,
    statements: PolicyStatement[],
    securityGroupIds: string[],
  ) => {
    const { certificateArn, firewall, instanceTypes, minInstances, maxInstances } = environment.webApps[part];
    const name = resourceName(environment, `web-${part}`);
    return new WebApp(scope, `web-${part}`, {
      name,
      account: environment.account,
      region: environment.region,
      vpcId: network.vpcId,
      cidr: environment.network.cidr,
      instanceSubnetIds: network.subnets.privateIds,
      loadBalancerSubnetIds: network.subnets.publicIds,
      securityGroupIds,
      instanceTypes,
      minInstances,
      maxInstances,
      certificateArn,
      firewall,
      signIn: environment.webSignIn,
      code: { ...appCode(scope, part), bucketName: data.apps.bucket.id },
      environment: {
        ENVIRONMENT: environment.name,
        AWS_REGION: environment.region,
        ...authentication(environment),
        PROXY_HOPS: String(proxyHops),
        MAX_IMAGE_BYTES: String(environment.processing.limits.maxBytes),
        UPLOADS_BUCKET: data.uploads.bucketName,
        ...variables,
      },
      kmsKeyArn: data.key.arn,
      logRetentionDays: environment.retention.logDays,
      accessLogs: { bucketName: data.logs.bucketName, prefix: `${loadBalancerLogs}web-${part}` },
      statements,
    });
  };
  const stores = { uploadsArn: data.uploads.arn, processedArn: data.processed.arn, kmsKeyArn: data.key.arn };
  const topic = { clusterArn: streaming.clusterArn, topic: environment.streaming.topic };
  app(
    "stream",
    {
      KAFKA_CLUSTER_ARN: topic.clusterArn,
      KAFKA_TOPIC: topic.topic,
      KAFKA_PARTITIONS: String(environment.streaming.partitions),
      INLINE_MAX_BYTES: String(environment.streaming.inlineMaxBytes),
    },
    streamAppRights(stores, topic),
    [streaming.clientsGroupId],
  );
  const { schedule, retention } = environment;
  app(
    "upload",
    {
      PROCESSED_BUCKET: data.processed.bucketName,
      SCHEDULE_ENABLED: String(schedule.enabled),
      SCHEDULE_EXPRESSION: scheduleExpression(schedule),
      SCHEDULE_TIME_ZONE: schedule.timeZone,
      PROCESSED_DAYS: String(retention.processedDays),
    },
    uploadAppRights(stores),
    [],
  );
}
