import type { Environment } from "../schema";

/**
 * Brokers that AWS's pages still list, and that MSK refused in 2026 when a cluster was to be made of them (CreateCluster, "Unsupported
 * InstanceType", told by three who tried, of Kafka 3.9 and 4.1).
 */
export function brokerTypes({ streaming }: Pick<Environment, "streaming">): string[] {
  if (streaming.mode !== "provisioned" || !streaming.brokerType.startsWith("kafka.t3.")) return [];
  return [
    `streaming.brokerType: MSK makes no new clusters of ${streaming.brokerType} brokers any more. Write kafka.m7g.large, the smallest there is.`,
  ];
}
