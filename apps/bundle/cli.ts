import { statSync } from "node:fs";
import { Command } from "commander";
import { BundleError } from "../../functions/bundle/bundle-error";
import { bundleFunctions } from "../../functions/bundle/bundle-functions";
import { bundleApp } from "./bundle";
import { webApps } from "./paths";

/** `npm run bundle`: everything that is shipped as a zip. */
async function bundleAll(): Promise<void> {
  await bundleFunctions((line) => console.log(line));
  for (const name of webApps()) {
    const { zipPath, sha256 } = await bundleApp(name);
    console.log(`bundle app ${name}: ${(statSync(zipPath).size / 1e6).toFixed(1)} MB, ${sha256.slice(0, 12)}`);
  }
}

new Command("npm run bundle")
  .description(
    "Bundles the functions for Lambda (arm64) and for this computer, and the web apps for Beanstalk, into .cache.",
  )
  .addHelpText("after", "\nWhat has not changed is not built again. Exit codes: 0 everything is built, 1 error.")
  .action(bundleAll)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof BundleError ? `bundle: ${error.message}` : error);
    process.exitCode = 1;
  });
