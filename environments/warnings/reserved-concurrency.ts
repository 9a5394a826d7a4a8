import { containerConcurrency } from "../../functions/common/container-concurrency";
import type { Environment } from "../schema";

/**
 * Lambda keeps 100 of an account's concurrent executions (1000 unless raised) for functions that reserve none
 * (Lambda Developer Guide, "Configuring reserved concurrency for a function").
 */
const reservable = 900;

/** Reservations that an account with AWS's own quota refuses. */
export function reservedConcurrency({
  analytics,
  processing,
}: Pick<Environment, "analytics" | "processing">): string[] {
  const callers = processing.streamConcurrency + processing.batchConcurrency;
  const container = "image" in processing.code ? containerConcurrency(processing) : 0;
  // What reports on the batch, and what measures GPUs where a group has a limit, reserve one each.
  const own = analytics.groups.some(({ dailyGpuHours }) => dailyGpuHours !== undefined) ? 2 : 1;
  const all = callers + container + own;
  if (all <= reservable) return [];
  const others = container > 0 ? ` and the container image, which each image calls (${container} functions),` : "";
  return [
    `processing.batchConcurrency: with processing.streamConcurrency${others} and ${own} of Darkroom's own it reserves ${all} functions, and an account has ${reservable} to reserve unless its quota was raised. Write less, or have the quota raised first.`,
  ];
}
