import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../environments/load";
import { applyEnvironment } from "../../gitops/apply-environment";
import { localAccountEnvironment } from "../../gitops/target";
import { configurationHash, readConfiguration } from "../../gitops/terraform/configuration";
import { readAllStacks } from "../../gitops/terraform/manifest";
import { removeOwnLock } from "../../gitops/terraform/state";
import { startGateway } from "../../local/gateway/gateway";
import { startMinistack } from "../../local/processes/ministack";

/** The emulated account in which everything is applied as the base of the pull request says. */
export interface AppliedAccount {
  /** Environment of Terraform and of commands for an environment: each has its own account number. */
  env(environment: string): NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/**
 * Starts the account and applies the environments to it, unless an earlier bench has left it applied: that takes minutes.
 * @param folder - where the account is kept between benches
 * @param outFolder - the synthesized output of the base
 * @throws Error when a stack can't be applied
 */
export async function appliedAccount(
  folder: string,
  outFolder: string,
  environments: readonly string[],
  progress: (message: string) => void,
): Promise<AppliedAccount> {
  const stampFile = join(folder, "applied.sha256");
  const stamp = outputHash(outFolder);
  const isApplied = existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  const ministack = await startMinistack({ stateFolder: join(folder, "ministack"), log: () => {} });
  const gateway = await startGateway({
    upstream: ministack.endpoint,
    stateFile: join(folder, "gateway.json"),
    kafkaBrokers: ["127.0.0.1:9098"],
  });
  const stop = async (): Promise<void> => {
    await gateway.stop();
    await ministack.stop();
  };
  const env = (name: string): NodeJS.ProcessEnv => {
    const { account, region } = loadEnvironment(name);
    return localAccountEnvironment(process.env, { endpoint: gateway.endpoint, account, region });
  };
  // Locks of a bench that was killed: cdktf diff takes one.
  for (const { environment, folder: stack } of readAllStacks(outFolder)) {
    const { backend } = readConfiguration(stack);
    if (backend && environments.includes(environment)) await removeOwnLock(env(environment), backend);
  }
  if (isApplied) return { env, stop };
  try {
    progress(`Applying ${environments.join(", ")} to an emulated account: minutes, the first time`);
    const results = await Promise.all(
      environments.map((environment) =>
        applyEnvironment({
          environment,
          outFolder,
          workFolder: join(folder, "work", environment),
          env: env(environment),
        }),
      ),
    );
    const bad = results.flat().filter(({ outcome }) => outcome !== "applied" && outcome !== "nothing");
    if (bad.length > 0)
      throw new Error(bad.map(({ stack, outcome, error }) => `${stack}: ${error ?? outcome}`).join("\n"));
    await ministack.save();
    writeFileSync(stampFile, stamp);
    return { env, stop };
  } catch (error) {
    await stop();
    // Half applied, perhaps locked: the next bench begins anew.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function outputHash(outFolder: string): string {
  const hashes = readAllStacks(outFolder).map(({ name, folder }) => [name, configurationHash(folder)]);
  return createHash("sha256").update(JSON.stringify(hashes)).digest("hex");
}
