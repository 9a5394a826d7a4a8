import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { createLog } from "../common/log";
import { observed } from "../common/observed";
import { readGpuMeterEnvironment } from "./environment";
import { takeSample } from "./handler";
import { createGpuMetrics } from "./metrics";

const settings = readGpuMeterEnvironment(process.env);
const functionLog = createLog({ environment: settings.environment, function: "gpu-meter" });
const write = createGpuMetrics(settings.environment);
/** A call that is throttled is made again, at ever longer intervals: eight attempts bridge most of a minute. */
const client = new SageMakerClient({
  maxAttempts: 8,
  requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});

/** Entry of the meter: takes one sample. */
export const handler = observed({ functionLog }, async () => {
  const minutes = await takeSample({ client, settings, log: functionLog.log });
  // Last of all: a call that fails and is repeated has written nothing before.
  write(minutes);
  return { gpuMinutes: Object.fromEntries(minutes.groups), unassignedGpuMinutes: minutes.unassigned };
});
