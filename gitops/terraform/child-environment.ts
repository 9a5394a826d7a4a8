import type { ProviderSource } from "./provider-source";

/** Tokens of a job on GitHub, by which one could write to the repository or take another role. */
const tokens = /^(GITHUB_TOKEN|GH_TOKEN|ACTIONS_(ID_TOKEN_REQUEST|RUNTIME)_TOKEN)$/;

/** The environment of Terraform's processes: nothing of the caller's can change what a command means, and they get no token of GitHub's. */
export function childEnvironment(
  env: NodeJS.ProcessEnv,
  source: Pick<ProviderSource, "cliConfigFile">,
): NodeJS.ProcessEnv {
  const unwanted = /^TF_(CLI_ARGS|CLI_CONFIG_FILE$|WORKSPACE$|DATA_DIR$|PLUGIN_CACHE_DIR$|INPUT$|LOG)/;
  const kept = Object.entries(env).filter(([name]) => !unwanted.test(name) && !tokens.test(name));
  return {
    ...Object.fromEntries(kept),
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    // Reading the provider's schema makes garbage for a second; collecting it less often saves a third of a plan's CPU.
    GOGC: env.GOGC ?? "400",
    ...(source.cliConfigFile === undefined ? {} : { TF_CLI_CONFIG_FILE: source.cliConfigFile }),
  };
}
