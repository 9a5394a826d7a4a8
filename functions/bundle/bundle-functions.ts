import { bundle } from "./bundle";
import { codeFolders } from "./code-folders";
import { repository } from "./paths";

/** Builds the functions for AWS and for this computer, with each folder of code that an environment names. @throws BundleError */
export async function bundleFunctions(say: (line: string) => void): Promise<void> {
  // One after the other: they would only share the same processors.
  for (const folder of codeFolders(repository)) {
    for (const architecture of ["arm64", "host"] as const) await bundle({ folder, architecture }, say);
  }
}
