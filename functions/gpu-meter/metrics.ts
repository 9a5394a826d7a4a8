import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { GpuMinutes } from "./gpu-minutes";

/**
 * Writes samples as CloudWatch metrics, by lines of the log (embedded metric format, by Powertools for AWS Lambda): namespace `Darkroom`.
 *
 * | metric | dimensions | meaning |
 * |---|---|---|
 * | GpuMinutes | `environment`, `group` | minutes that the group's GPUs ran; 0 when none does |
 * | UnassignedGpuMinutes | `environment` | the same of what no group started |
 */
export function createGpuMetrics(environment: string): (minutes: GpuMinutes) => void {
  const metrics = new Metrics({ namespace: "Darkroom" });
  // Powertools' own dimension would name the same as the namespace.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ environment });
  return ({ groups, unassigned }) => {
    for (const [group, minutes] of groups) {
      metrics.addDimension("group", group).addMetric("GpuMinutes", MetricUnit.Count, minutes);
      metrics.publishStoredMetrics();
    }
    metrics.addMetric("UnassignedGpuMinutes", MetricUnit.Count, unassigned);
    metrics.publishStoredMetrics();
  };
}
