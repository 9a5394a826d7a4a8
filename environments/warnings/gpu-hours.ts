import { acceleratorsOf } from "../../functions/common/accelerators";
import type { Environment } from "../schema";

/** Groups that may run GPUs as long as they like with nobody told. In `local` nothing runs. */
export function gpuHours({ analytics, name }: Pick<Environment, "analytics" | "name">): string[] {
  if (name === "local") return [];
  return analytics.groups.flatMap((group) => {
    const types = group.instanceTypes.filter((type) => acceleratorsOf(type) > 0);
    if (types.length === 0 || group.dailyGpuHours !== undefined) return [];
    return [
      `analytics.groups: ${group.name} may start ${types.join(", ")}, and nobody is told how long they run. Set dailyGpuHours.`,
    ];
  });
}
