import { Command } from "commander";
import { loadEnvironments } from "../../environments/load";
import { githubClient } from "../github/client";
import { githubContext } from "../github/context";
import { setUpRepository } from "./set-up-repository";
import { wantedOf } from "./wanted";

interface Flags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `npm run repository`: sets the repository on GitHub up. */
export function repositoryCommand(): Command {
  return new Command("repository")
    .description(
      "Sets the repository on GitHub up: rule of the main branch, environments, labels, rights of workflows.",
    )
    .option("--dry-run", "say what would change, and change nothing")
    .option("--json", "write one JSON object to standard output")
    .addHelpText(
      "after",
      "\nNeeds GITHUB_TOKEN, a token of an administrator of the repository. The repository is github.repository of the environment files.\nExit codes: 0 all is as it should be, 2 with --dry-run: something differs, 1 error.",
    )
    .action(async ({ dryRun = false, json = false }: Flags) => {
      const wanted = wantedOf(loadEnvironments());
      const { GITHUB_REPOSITORY: _, ...env } = process.env;
      const context = githubContext(env, { repository: wanted.repository });
      const github = githubClient(context, { onWait: (message) => process.stderr.write(`${message}\n`) });
      const result = await setUpRepository(github, wanted, {
        dryRun,
        onChange: (words) => json || process.stdout.write(`${words}\n`),
      });
      const { changes, made, numbers } = result;
      if (json) process.stdout.write(`${JSON.stringify({ dryRun, ...result })}\n`);
      else {
        const end = made ? "All of this is so now." : "Nothing was changed.";
        const nothing = "All is as it should be.";
        process.stdout.write(`${changes.length === 0 ? nothing : end}\n`);
        process.stdout.write(`GitHub's numbers: ownerId ${numbers.ownerId}, repositoryId ${numbers.repositoryId}\n`);
      }
      process.exitCode = dryRun && changes.length > 0 ? 2 : 0;
    });
}
