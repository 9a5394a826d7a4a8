import { acceleratorsIn, type Running } from "./running";

/** What a sample adds. In minutes, for those of a sample are a whole number, which sums up without rounding. */
export interface GpuMinutes {
  /** Of every group, those that run nothing among them. */
  readonly groups: ReadonlyMap<string, number>;
  /** Of what no group started. */
  readonly unassigned: number;
}

/** Adds up what runs: GPUs × the minutes that the sample stands for. */
export function gpuMinutes(running: readonly Running[], groups: readonly string[], sampleMinutes: number): GpuMinutes {
  const of = (group: string | undefined): number =>
    running.filter((one) => one.group === group).reduce((sum, one) => sum + acceleratorsIn(one) * sampleMinutes, 0);
  return { groups: new Map(groups.map((group) => [group, of(group)])), unassigned: of(undefined) };
}
