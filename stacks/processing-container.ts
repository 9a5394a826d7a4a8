import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { containerConcurrency } from "../functions/common/container-concurrency";
import { secondsForImage } from "../functions/common/time-budget";
import { ContainerCallers } from "../modules/container-callers";
import { ContainerFunction } from "../modules/container-function";
import { resourceName } from "../modules/names";
import type { PolicyStatement } from "../modules/policy";
import { functionArchitecture } from "./function-code";
import type { Layers } from "./layers";

/** What the stream and the batch function need beyond their own to call the engineers' code; empty where it is in their bundle. */
export interface CalledCode {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  readonly securityGroupIds: readonly string[];
}

/**
 * The function of `processing.code.image`, as shut off as can be: no rights, no way out but to S3, from where it reads
 * and to where it writes by the URLs it is given.
 */
export function processingContainer(
  scope: Construct,
  environment: Environment,
  { data, network }: Pick<Layers, "data" | "network">,
  s3OnlyGroupId: string,
): CalledCode {
  const { account, network: settings, processing, region, retention } = environment;
  if (!("image" in processing.code)) return { environment: {}, statements: [], securityGroupIds: [] };
  const functionName = resourceName(environment, "processing");
  const { lambda } = new ContainerFunction(scope, "processing", {
    functionName,
    image: processing.code.image,
    architecture: functionArchitecture(environment),
    memoryMegabytes: processing.memoryMegabytes,
    // No longer than its callers wait for an image.
    timeoutSeconds: secondsForImage(processing.timeoutSeconds),
    concurrency: containerConcurrency(processing),
    account,
    region,
    kmsKeyArn: data.key.arn,
    logRetentionDays: retention.logDays,
    subnetIds: network.subnets.isolatedIds,
    securityGroupIds: [s3OnlyGroupId],
  });
  const { groupId } = new ContainerCallers(scope, "processing-callers", {
    name: resourceName(environment, "processing-callers"),
    vpcId: network.vpcId,
    lambdaApiCidr: settings.interfaceEndpoints.includes("lambda") ? settings.cidr : "0.0.0.0/0",
  });
  return {
    environment: { PROCESSING_FUNCTION: functionName },
    statements: ContainerCallers.rights(lambda.arn, data.uploads.arn),
    securityGroupIds: [groupId],
  };
}
