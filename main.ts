import { join } from "node:path";
import { loadEnvironment, loadEnvironments, SettingsError } from "./environments/load";
import { repositoryFolder } from "./environments/repository";
import { BundleError } from "./functions/bundle/bundle-error";
import { synthEnvironments } from "./stacks/build";

const names = process.argv.slice(2);
try {
  const environments = names.length > 0 ? names.map((name) => loadEnvironment(name)) : loadEnvironments();
  synthEnvironments(environments, process.env.CDKTF_OUTDIR ?? join(repositoryFolder(), "cdktf.out"));
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof BundleError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
