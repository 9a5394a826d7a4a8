import { Command } from "commander";
import { environmentsFolder } from "../../environments/environment-files";
import { loadEnvironment } from "../../environments/load";
import { bucketName } from "../../modules/names";
import { s3Client } from "../store/s3-client";
import { targetOf } from "../target";
import { UserError } from "../user-error";
import { lockEnding, readLock, removeLock } from "./state-lock";

interface Flags {
  readonly localAccount?: boolean;
  readonly json?: boolean;
}

/** `npm run unlock`: takes the lock away that a killed apply has left. */
export function unlockCommand(): Command {
  return new Command("unlock")
    .description("Takes a state's lock away that a killed apply has left.")
    .argument("<environment>", "for example dev")
    .argument("<stack>", "name or layer, for example data")
    .argument("<lock>", "the lock's id, as `npm run doctor` and Terraform tell it")
    .option("--local-account", "work on the local account that `npm start` runs, not on AWS; `local` always does")
    .option("--json", "write one JSON object to standard output: stack, lock, who, created")
    .addHelpText(
      "after",
      "\nFirst be sure that nobody works on the state: two applies at once damage it.\nExit codes: 0 unlocked, 1 not.",
    )
    .action(async (name: string, stack: string, id: string, { localAccount = false, json }: Flags) => {
      const { env } = targetOf(name, { localAccount, environmentsFolder: environmentsFolder() });
      const environment = loadEnvironment(name);
      const layer = stack.startsWith(`${name}-`) ? stack.slice(name.length + 1) : stack;
      const place = { bucket: bucketName(environment, "state"), key: `${layer}.tfstate${lockEnding}` };
      const client = s3Client(env, environment.region);
      const lock = await readLock(client, place);
      if (lock === undefined) throw new UserError(`${name}-${layer} is not locked.`);
      const { who, created, operation } = lock;
      if (lock.id !== id) {
        throw new UserError(
          `${name}-${layer} has another lock by now: ${lock.id}, since ${created} by ${who} (${operation}). Nothing was changed.`,
        );
      }
      await removeLock(client, place, lock);
      const told = `Took the lock of ${who} since ${created} from ${name}-${layer}.`;
      process.stdout.write(`${json ? JSON.stringify({ stack: `${name}-${layer}`, lock: id, who, created }) : told}\n`);
    });
}
