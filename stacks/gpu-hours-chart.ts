import type { Environment } from "../environments/schema";
import type { Chart } from "../modules/dashboard";

const day = 24 * 60 * 60;
const minutesInHour = 60;

/**
 * GPU hours of each group and of what no group started, with the limits of those that have one. Nothing where none has: nothing is measured
 * there (gpu-guard.ts). Points are days of UTC, while the alarm looks at the last 24 hours whenever it looks.
 */
export function gpuHoursChart({ analytics, name }: Pick<Environment, "analytics" | "name">): Chart[] {
  const limits = analytics.groups.flatMap(({ name: group, dailyGpuHours }) =>
    dailyGpuHours === undefined ? [] : [{ label: `limit of ${group}`, value: dailyGpuHours }],
  );
  if (limits.length === 0) return [];
  return [
    {
      title: "GPU hours a day (UTC)",
      statistic: "Sum",
      periodSeconds: day,
      lines: [
        ...analytics.groups.map(({ name: group }) => ({
          label: group,
          metric: ["Darkroom", "GpuMinutes", "environment", name, "group", group] as const,
          divisor: minutesInHour,
        })),
        {
          label: "no group",
          metric: ["Darkroom", "UnassignedGpuMinutes", "environment", name] as const,
          divisor: minutesInHour,
        },
      ],
      limits,
    },
  ];
}
