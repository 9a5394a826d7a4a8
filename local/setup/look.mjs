// `node local/setup/look.mjs [checkout]`: what the set-up would find, as JSON; it makes nothing. For `npm run doctor`.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { npmPackages } from "./npm.mjs";
import { missingPrerequisites } from "./prerequisites.mjs";

const here = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const installed = npmPackages(process.argv[2] ?? here).current();
console.log(JSON.stringify({ missing: await missingPrerequisites(), installed }));
