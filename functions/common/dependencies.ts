import { deployedProcess } from "./deployed-process";
import { readEnvironment } from "./environment";
import { letHeapGrow } from "./heap-growth";
import { imagesAtOnce } from "./images-at-once";
import { createLog } from "./log";
import { createMeter } from "./meter";
import type { Observers } from "./observed";
import type { ProcessingDependencies } from "./process-image";
import { createS3Client, S3Store } from "./s3-store";

/**
 * What a deployed function works with, built once when it starts.
 * @throws EnvironmentError
 */
export function deployedDependencies(
  name: "stream" | "batch",
): ProcessingDependencies & Required<Observers> & { readonly imagesAtOnce: number } {
  letHeapGrow();
  const environment = readEnvironment(process.env);
  const common = { environment: environment.environment, function: name };
  const functionLog = createLog(common);
  const store = new S3Store(createS3Client());
  return {
    environment,
    store,
    process: deployedProcess(environment, store),
    functionLog,
    log: functionLog.log,
    meter: createMeter(common),
    now: () => new Date(),
    imagesAtOnce: imagesAtOnce(environment.memoryMegabytes),
  };
}
