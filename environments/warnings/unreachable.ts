import type { Environment } from "../schema";

type Endpoint = Environment["network"]["interfaceEndpoints"][number];

/**
 * What notebooks need of AWS, by endpoint (SageMaker Developer Guide, "Connect Amazon SageMaker Studio in a VPC to
 * External Resources": without a NAT gateway Studio does not run unless the API's and the runtime's endpoints are there).
 */
const notebooksNeed: readonly (readonly [Endpoint, string])[] = [
  ["sagemaker.api", "SageMaker's API (Studio does not start without)"],
  ["sagemaker.runtime", "SageMaker's runtime (Studio does not start without)"],
  ["sts", "STS (roles)"],
  ["logs", "CloudWatch Logs"],
  ["monitoring", "CloudWatch metrics"],
  ["kms", "KMS (encryption)"],
  ["athena", "Athena (queries)"],
  ["glue", "Glue (the table of features)"],
  ["ecr.api", "ECR (container images)"],
  ["ecr.dkr", "ECR (layers of images)"],
];

/** Elastic Beanstalk Developer Guide, "Using Elastic Beanstalk with VPC endpoints". */
const webAppsNeed: readonly Endpoint[] = ["cloudformation", "elasticbeanstalk", "elasticbeanstalk-health"];

/** What cannot be reached without a NAT gateway. In `local` nothing runs inside the network, so there is nothing to say. */
export function unreachable({
  name,
  network,
  analytics,
}: Pick<Environment, "name" | "network" | "analytics">): string[] {
  if (name === "local" || network.nat !== "none") return [];
  const missing = (endpoint: Endpoint): boolean => !network.interfaceEndpoints.includes(endpoint);
  const warnings: string[] = [];
  if (analytics.groups.length > 0) {
    const services = notebooksNeed.filter(([endpoint]) => missing(endpoint)).map(([, what]) => what);
    const list = ["the internet (pip, conda, GitHub)", ...services].join(", ");
    const advice = "Set network.nat, or add endpoints to network.interfaceEndpoints.";
    warnings.push(`network.nat: with none, notebooks cannot reach ${list}. ${advice}`);
  }
  const needed = webAppsNeed.filter(missing);
  if (needed.length > 0) {
    warnings.push(
      `network.nat: with none, instances of the web apps cannot reach Elastic Beanstalk and do not come up. Set network.nat, or add ${needed.join(", ")} to network.interfaceEndpoints.`,
    );
  }
  return warnings;
}
