import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Log } from "../common/log";
import { runningApps } from "./apps";
import { isElsewhere } from "./elsewhere";
import { runningEndpoints } from "./endpoints";
import type { GpuMeterEnvironment } from "./environment";
import { type GpuMinutes, gpuMinutes } from "./gpu-minutes";
import { runningJobs } from "./jobs";
import { acceleratorsIn, type Named, type Running } from "./running";

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
  const { environment, groups, nameEnd, namePrefix, sampleMinutes } = settings;
  const groupNamedBy = (name: string) => groups.find((group) => name.startsWith(`${namePrefix}${group}${nameEnd}`));
  const running: Running[] = [];
  // One after the other: few things run at once, and the API lets through few calls a second.
  for await (const { arn, ...one } of namedThings(client)) {
    const group = groupNamedBy(one.name);
    if (group === undefined && acceleratorsIn(one) > 0 && (await isElsewhere(client, arn, environment))) continue;
    running.push({ ...one, group });
  }
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

async function* namedThings(client: SageMakerClient): AsyncGenerator<Named> {
  yield* runningJobs(client);
  yield* runningEndpoints(client);
}
