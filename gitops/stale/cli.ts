import { join, resolve } from "node:path";
import { Command } from "commander";
import { loadEnvironment } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import { githubClient } from "../github/client";
import { githubContext } from "../github/context";
import { PlanStore } from "../review/plan-store";
import { defaultStore } from "../store/default-store";
import { storeOf } from "../store/store-of";
import { synthesize } from "../synthesize";
import { targetOf } from "../target";
import { readStacks } from "../terraform/manifest";
import { stateReader } from "../terraform/state";
import { markStale } from "./mark-stale";
import type { StalePull } from "./stale-pull";
import { stateFacts } from "./state-facts";

interface Flags {
  readonly environment: string;
  readonly store?: string;
  readonly synthesized?: string;
  readonly localAccount?: boolean;
  readonly json?: boolean;
}

/** `npm run stale`: tells open pull requests that their plans no longer fit. */
export function staleCommand(): Command {
  return new Command("stale")
    .description("Marks open pull requests whose plans no longer fit the states, and has them planned again.")
    .requiredOption("--environment <name>", "name of a file in environments/, for example dev")
    .option("--store <place>", "s3://bucket or a folder of the plans (default: the environment's bucket)")
    .option("--synthesized <folder>", "take stacks that are synthesized already, instead of synthesizing them first")
    .option("--local-account", "look at the local account that `npm start` runs, not at AWS")
    .option("--json", "write one JSON object to standard output")
    .addHelpText("after", "\nExit codes: 0 told, 1 error, or something could not be told on GitHub.")
    .action(async ({ environment: name, store, synthesized, localAccount = false, json = false }: Flags) => {
      const root = repositoryFolder();
      const { env } = targetOf(name, { localAccount, environmentsFolder: join(root, "environments") });
      const environment = loadEnvironment(name);
      const context = githubContext(process.env, { repository: environment.github.repository });
      const github = githubClient(context, { onWait: (message) => process.stderr.write(`${message}\n`) });
      const stacks = readStacks(synthesized === undefined ? synthesize(root, [name]) : resolve(synthesized), name);
      const pulls = await markStale(github, {
        environment: name,
        plans: new PlanStore(storeOf(store ?? defaultStore(environment), env, environment.region)),
        whyMoved: stateFacts(stacks, stateReader(env)),
      });
      process.stdout.write(`${json ? JSON.stringify({ environment: name, pulls }) : staleText(name, pulls)}\n`);
      process.exitCode = pulls.some(({ faults }) => faults.length > 0) ? 1 : 0;
    });
}

/** For people. */
export function staleText(environment: string, pulls: readonly StalePull[]): string {
  if (pulls.length === 0) return `No open pull request has a plan of ${environment}.`;
  const ends = {
    asked: "it is planned again",
    running: "it is being planned again",
    done: "it was planned again, which left no plan",
  };
  return pulls
    .flatMap(({ pullRequest, reasons, again, faults }) => {
      if (again === undefined) return [`#${pullRequest}: its plan is current`];
      const end =
        typeof again === "string" ? ends[again] : `it could not be planned again, push to it: ${again.refused}`;
      return [
        `#${pullRequest}: stale; ${end}`,
        ...[...reasons, ...faults.map((fault) => `not told: ${fault}`)].map((line) => `  ${line}`),
      ];
    })
    .join("\n");
}
