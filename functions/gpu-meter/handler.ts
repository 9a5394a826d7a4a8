import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Log } from "../common/log";
import { runningApps } from "./apps";
import { runningEndpoints } from "./endpoints";
import type { GpuMeterEnvironment } from "./environment";
import { type GpuMinutes, gpuMinutes } from "./gpu-minutes";
import { runningJobs } from "./jobs";
import { acceleratorsIn, type Running } from "./running";

interface SampleDependencies {
  readonly client: SageMakerClient;
  readonly settings: GpuMeterEnvironment;
  readonly log: Log;
}

/**
 * Looks once at what runs on GPUs, and says so in the log, a line each.
 * @throws an error of SageMaker's API when it can't be asked: a sample that is not whole is none.
 */
export async function takeSample({ client, settings, log }: SampleDependencies): Promise<GpuMinutes> {
  const { groups, sampleMinutes, separator } = settings;
  const groupNamedBy = (name: string) => groups.find((group) => name.startsWith(`${group}${separator}`));
  const running: Running[] = [];
  // One after the other: few things run at once, and the API lets through few calls a second.
  for await (const one of runningJobs(client)) running.push({ ...one, group: groupNamedBy(one.name) });
  for await (const one of runningEndpoints(client)) running.push({ ...one, group: groupNamedBy(one.name) });
  for await (const app of runningApps(client, settings)) running.push(app);

  for (const { kind, name, group, instances } of running) {
    const gpus = acceleratorsIn({ instances });
    if (gpus === 0) continue;
    if (instances.some(({ type }) => type === undefined)) {
      log("warn", "instances of an unknown type are counted as one GPU each", { kind, name, group });
    }
    log(group ? "info" : "warn", group ? "GPUs run" : "GPUs of no group run", { kind, name, group, gpus });
  }
  return gpuMinutes(running, groups, sampleMinutes);
}
