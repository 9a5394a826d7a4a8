import { bundle } from "./bundle";
import { bundleGpuMeter } from "./bundle-gpu-meter";
import { codeFolders } from "./code-folders";
import { repository } from "./paths";

/** Builds the meter of GPUs, and the functions for AWS and for this computer with each folder of code that an environment names. @throws BundleError */
export async function bundleFunctions(say: (line: string) => void): Promise<void> {
  if (await bundleGpuMeter(repository)) say("bundle gpu-meter: built");
  // One after the other: they would only share the same processors.
  for (const folder of codeFolders(repository)) {
    for (const architecture of ["arm64", "host"] as const) await bundle({ folder, architecture }, say);
  }
}
