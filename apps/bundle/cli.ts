import { statSync } from "node:fs";
import { BundleError } from "../../functions/bundle/bundle-error";
import { bundleApp } from "./bundle";
import { webApps } from "./paths";

/** The second half of `npm run bundle`: builds the web apps for Beanstalk. */
async function main(): Promise<void> {
  for (const name of webApps()) {
    const { zipPath, sha256 } = await bundleApp(name);
    console.log(`bundle app ${name}: ${(statSync(zipPath).size / 1e6).toFixed(1)} MB, ${sha256.slice(0, 12)}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof BundleError ? `bundle: ${error.message}` : error);
  process.exitCode = 1;
});
