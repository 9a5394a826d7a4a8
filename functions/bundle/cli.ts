import { BundleError } from "./bundle-error";
import { bundleFunctions } from "./bundle-functions";

// The functions alone, in a folder that holds no more than them; npm run bundle is apps/bundle/cli.ts, and builds the web apps, too.
bundleFunctions((line) => console.log(line)).catch((error: unknown) => {
  console.error(error instanceof BundleError ? `bundle: ${error.message}` : error);
  process.exitCode = 1;
});
