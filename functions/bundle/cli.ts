import { bundle } from "./bundle";
import { BundleError } from "./bundle-error";
import { codeFolders } from "./code-folders";
import { repository } from "./paths";

/** `npm run bundle`: builds the functions for AWS and for this computer, with each folder of code that an environment names. */
async function main(): Promise<void> {
  const say = (line: string): void => console.log(line);
  // One after the other: they would only share the same processors.
  for (const folder of codeFolders(repository)) {
    for (const architecture of ["arm64", "host"] as const) await bundle({ folder, architecture }, say);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof BundleError ? `bundle: ${error.message}` : error);
  process.exitCode = 1;
});
