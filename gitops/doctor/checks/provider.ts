import { join } from "node:path";
import { findBinary } from "../../terraform/binary";
import { userConfigWithSource } from "../../terraform/cli-config";
import { addOnFolders, impliedMirrors, realSurroundings } from "../../terraform/mirror-places";
import { firstProviderIn, providerAddress, providerIn } from "../../terraform/provider-mirror";
import { messageOf, UserError } from "../../user-error";
import type { GeneralCheck } from "../check";
import { type Finding, fault, ok, unchecked } from "../finding";

/** Where the AWS provider would come from; nothing is downloaded. */
export const provider: GeneralCheck = {
  title: "AWS provider",
  look: async ({ root, env }): Promise<readonly Finding[]> => {
    try {
      const binary = await findBinary(env);
      const surroundings = realSurroundings(env);
      const user = userConfigWithSource(binary, surroundings);
      if (user) return [ok(`comes from where ${user.file} says`)];
      const places = [...impliedMirrors(binary, surroundings), ...addOnFolders(surroundings)];
      const found = providerIn(join(root, ".cache", "terraform-providers"), binary) ?? firstProviderIn(places, binary);
      if (found) return [ok(`version ${found.version} lies on this computer`)];
      return [await registry(binary.registryHost, providerAddress(binary), env)];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [unchecked(`is looked for by Terraform, which can't be run: ${messageOf(error)}`)];
    }
  },
};

const patienceMilliseconds = 5_000;

async function registry(host: string, address: string, env: NodeJS.ProcessEnv): Promise<Finding> {
  if (env.HTTPS_PROXY || env.https_proxy) return unchecked(`${host} is reached by a proxy; the next plan will tell`);
  try {
    await fetch(`https://${host}/.well-known/terraform.json`, { signal: AbortSignal.timeout(patienceMilliseconds) });
    return ok(`is fetched from ${host} by the next plan`);
  } catch {
    return fault(
      `${host} can't be reached, and no folder on this computer holds ${address}`,
      "connect to the registry, or name a mirror in provider_installation of your Terraform CLI configuration",
    );
  }
}
