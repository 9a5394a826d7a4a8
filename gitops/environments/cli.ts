import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { loadEnvironments, SettingsError } from "../../environments/load";
import type { Environment } from "../../environments/schema";
import { promotionOrder } from "./promotion";

interface Flags {
  readonly byName?: boolean;
  readonly faults?: string;
  readonly json?: boolean;
  readonly output?: string;
}

/** `npm run environments`: what there is to plan and apply. */
export function environmentsCommand(): Command {
  return new Command("environments")
    .description("Lists the environments that workflows plan and apply, in the order in which a merge reaches them.")
    .option("--json", "write one JSON array to standard output: name, account, region, planRole, applyRole")
    .option("--output <name>", "write the array as an output of a workflow's step, in the form name=value")
    .option("--by-name", "in place of the array: an object with a key for each name")
    .option("--faults <file>", "keep there what is wrong with settings, as JSON; no file where nothing is")
    .addHelpText("after", "\nExit codes: 0 told, 1 error.")
    .action(({ byName, faults, json, output }: Flags) => {
      const environments = promotionOrder(loaded(faults));
      const keyed = Object.fromEntries(environments.map((environment) => [environment.name, environment]));
      const text = JSON.stringify(byName ? keyed : environments);
      if (output !== undefined) process.stdout.write(`${output}=${text}\n`);
      else if (json) process.stdout.write(`${text}\n`);
      else for (const { name, account, region } of environments) process.stdout.write(`${name} ${account} ${region}\n`);
    });
}

/** @throws SettingsError, whose faults are kept in the file for whoever tells people of them */
function loaded(faultsFile: string | undefined): Environment[] {
  try {
    return loadEnvironments();
  } catch (error) {
    if (faultsFile !== undefined && error instanceof SettingsError)
      writeFileSync(faultsFile, JSON.stringify({ faults: error.faults }));
    throw error;
  }
}
