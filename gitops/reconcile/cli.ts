import { Command, InvalidArgumentError } from "commander";
import { loadEnvironment } from "../../environments/load";
import { commandGithub } from "../github/command-client";
import { RecordStore } from "../record/record-store";
import { defaultStore } from "../store/default-store";
import { storeOf } from "../store/store-of";
import { keepReconcileIssue, lookBackTo, reconcileEnvironment } from "./reconcile-environment";

interface Flags {
  readonly environment: string;
  readonly since: number;
  readonly store?: string;
  readonly json?: boolean;
}

const days = (text: string): number => {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= 365))
    throw new InvalidArgumentError("expected days, 1 to 365");
  return value;
};

/** `npm run reconcile`: has every merge on main been applied to an environment? */
export function reconcileCommand(): Command {
  return new Command("reconcile")
    .description(
      "Looks for merges on main that an environment has no good record of, and keeps an issue that names them.",
    )
    .requiredOption("--environment <name>", "for example prod")
    .option("--since <days>", "how many days to look back, and further while the issue names an older merge", days, 14)
    .option("--store <place>", "s3://bucket or a folder with the records (default: the environment's bucket)")
    .option("--json", "write one JSON object to standard output: merges, unapplied, issue")
    .addHelpText("after", "\nExit codes: 0 every merge is applied or being applied, 2 one is not, 1 error.")
    .action(async ({ environment: name, since, store, json }: Flags) => {
      const environment = loadEnvironment(name);
      const github = commandGithub(environment.github.repository);
      const records = new RecordStore(storeOf(store ?? defaultStore(environment), process.env, environment.region));
      const from = await lookBackTo(github, name, new Date(Date.now() - since * 86_400_000));
      const found = await reconcileEnvironment(github, { environment: name, since: from, records });
      const issue = await keepReconcileIssue(github, name, found);
      const lines = found.unapplied.map(
        ({ merge, why }) => `#${merge.pullRequest} ${merge.commit.slice(0, 12)}: ${why}`,
      );
      const text = lines.length > 0 ? lines.join("\n") : `${name} has every one of ${found.merges} merges.`;
      process.stdout.write(`${json ? JSON.stringify({ ...found, issue }) : text}\n`);
      if (found.unapplied.length > 0) process.exitCode = 2;
    });
}
