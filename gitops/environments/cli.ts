import { Command } from "commander";
import { loadEnvironments } from "../../environments/load";
import { promotionOrder } from "./promotion";

interface Flags {
  readonly byName?: boolean;
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
    .addHelpText("after", "\nExit codes: 0 told, 1 error.")
    .action(({ byName, json, output }: Flags) => {
      const environments = promotionOrder(loadEnvironments());
      const keyed = Object.fromEntries(environments.map((environment) => [environment.name, environment]));
      const text = JSON.stringify(byName ? keyed : environments);
      if (output !== undefined) process.stdout.write(`${output}=${text}\n`);
      else if (json) process.stdout.write(`${text}\n`);
      else for (const { name, account, region } of environments) process.stdout.write(`${name} ${account} ${region}\n`);
    });
}
