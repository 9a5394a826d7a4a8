import { join } from "node:path";
import { localAccountEnvironment } from "../../gitops/target";
import { childEnvironment } from "../../gitops/terraform/child-environment";
import type { FoundTerraform } from "../../gitops/terraform/run";
import { withProvider } from "../../gitops/terraform/running-provider";
import { runIn } from "../../gitops/terraform/workspace";

type Account = Parameters<typeof localAccountEnvironment>[1];

/**
 * Runs a command of Terraform in a folder on the emulated account, as commands of the repository do: with a provider that is started once,
 * where the folder's one configuration of it is in a JSON file. Exit code 2, that of a plan with changes, is no error.
 */
export function terraformIn(
  { binary, source }: FoundTerraform,
  { folder, stack, account }: { readonly folder: string; readonly stack: string; readonly account: Account },
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string }> {
  const env = localAccountEnvironment(process.env, account);
  const workspace = { stack, folder, dataFolder: join(folder, "data"), lockFile: join(folder, ".terraform.lock.hcl") };
  return withProvider({ binary, source, env: childEnvironment(env, source) }, workspace, (terraform) =>
    runIn(terraform, workspace, args, { goodCodes: [0, 2] }),
  );
}
