import type { Environment } from "../schema";

type Endpoint = Environment["network"]["interfaceEndpoints"][number];

/**
 * What notebooks need of AWS, by endpoint: the first three for Studio itself, STS and the logs for SageMaker's Python SDK (SageMaker AI
 * Developer Guide, "Connect Amazon SageMaker Studio in a VPC to External Resources"; Service Catalog is for SageMaker Projects alone), Athena
 * for queries of the starter notebooks. Keys, images of containers and the table of features are fetched by AWS's services among themselves.
 */
const notebooksNeed: readonly (readonly [Endpoint, string])[] = [
  ["sagemaker.api", "SageMaker's API (Studio does not start without)"],
  ["sagemaker.runtime", "SageMaker's runtime (Studio does not start without)"],
  ["sagemaker.studio", "Studio's own service"],
  ["sts", "STS (roles)"],
  ["logs", "CloudWatch Logs (following a job)"],
  ["athena", "Athena (queries)"],
];

/** What cannot be reached without a NAT gateway. In `local` nothing runs inside the network, so there is nothing to say. */
export function unreachable({
  name,
  region,
  network,
  analytics,
}: Pick<Environment, "name" | "region" | "network" | "analytics">): string[] {
  if (name === "local" || network.nat !== "none") return [];
  const missing = (endpoint: Endpoint): boolean => !network.interfaceEndpoints.includes(endpoint);
  const warnings: string[] = [];
  if (analytics.groups.length > 0) {
    const services = notebooksNeed.filter(([endpoint]) => missing(endpoint)).map(([, what]) => what);
    const list = ["the internet (pip, conda, GitHub)", ...services].join(", ");
    const advice = "Set network.nat, or add endpoints to network.interfaceEndpoints.";
    warnings.push(`network.nat: with none, notebooks cannot reach ${list}. ${advice}`);
  }
  // The first has no endpoint at all, the second none among the settings.
  const keys = `the keys of those the load balancer signed in (public-keys.auth.elb.${region}.amazonaws.com)`;
  return [
    ...warnings,
    `network.nat: with none, web apps let nobody in: they cannot reach ${keys}, nor ask Amazon MSK for its brokers. Set network.nat.`,
  ];
}
