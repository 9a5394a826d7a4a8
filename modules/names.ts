import type { Environment } from "../environments/schema";

/** The layers of an environment; one stack each, named `<environment>-<layer>`. `identity` is there only with `analytics.identityCenter`. */
export const layers = ["bootstrap", "network", "data", "streaming", "compute", "analytics", "identity"] as const;

/** One of {@link layers}. */
export type Layer = (typeof layers)[number];

/** The purposes a bucket serves. */
export type BucketPart = "state" | "plans" | "uploads" | "processed" | "quarantine" | "logs" | "apps" | "analysts";

type Named = Pick<Environment, "name" | "account" | "region">;

/** `prod-data`: the name of a stack and of its folder under `cdktf.out/stacks`. */
export const stackName = ({ name }: Pick<Environment, "name">, layer: Layer): string => `${name}-${layer}`;

/** `darkroom-prod-stream`: the name of anything that is unique within an account and region. */
export const resourceName = ({ name }: Pick<Environment, "name">, part: string): string => `darkroom-${name}-${part}`;

/** `darkroom-prod-images`: the Kafka cluster. */
export const kafkaClusterName = (environment: Pick<Environment, "name">): string => resourceName(environment, "images");

/** `darkroom-prod-123456789012-eu-central-1-uploads`: unique among all buckets of AWS, at most 63 characters. */
export const bucketName = ({ name, account, region }: Named, part: BucketPart): string =>
  `darkroom-${name}-${account}-${region}-${part}`;

/** The roles that GitHub's workflows take, and the most that roles of the pipeline itself may ever do. */
export type AccessPart = "plan" | "apply" | "boundary";

/** `arn:aws:iam::123456789012:role/darkroom-prod-plan` */
export const roleArn = (environment: Named, part: Exclude<AccessPart, "boundary">): string =>
  `arn:aws:iam::${environment.account}:role/${resourceName(environment, part)}`;

/** `arn:aws:iam::123456789012:policy/darkroom-prod-boundary` */
export const boundaryArn = (environment: Named): string =>
  `arn:aws:iam::${environment.account}:policy/${resourceName(environment, "boundary")}`;
