import { bundle } from "./bundle";
import { BundleError } from "./bundle-error";

/** `npm run bundle`: builds the functions for AWS and for this computer. */
async function main(): Promise<void> {
  // One after the other: both would only share the same processors.
  for (const architecture of ["arm64", "host"] as const) await bundle(architecture, (line) => console.log(line));
}

main().catch((error: unknown) => {
  console.error(error instanceof BundleError ? `bundle: ${error.message}` : error);
  process.exitCode = 1;
});
