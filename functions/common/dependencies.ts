import { readEnvironment } from "./environment";
import { imageCode } from "./image-code";
import { imagesAtOnce } from "./images-at-once";
import { createLog } from "./log";
import type { ProcessingDependencies } from "./process-image";
import { createS3Client, S3Store } from "./s3-store";

/**
 * What a deployed function works with, built once when it starts.
 * @throws EnvironmentError
 */
export function deployedDependencies(name: "stream" | "batch"): ProcessingDependencies & { imagesAtOnce: number } {
  const environment = readEnvironment(process.env);
  return {
    environment,
    store: new S3Store(createS3Client()),
    process: imageCode.process,
    log: createLog({ environment: environment.environment, function: name }),
    now: () => new Date(),
    imagesAtOnce: imagesAtOnce(environment.memoryMegabytes),
  };
}
