import { Command, InvalidArgumentError } from "commander";
import { commandGithub } from "../github/command-client";
import { ownRepository } from "../repository/own-repository";
import { commentOnForks } from "./comment-on-forks";

const hours = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value <= 720)) throw new InvalidArgumentError("expected hours, more than 0 and at most 720");
  return value;
};

/** `npm run fork-comment`: tells pull requests from forks what their checks have found. */
export function forkCommentCommand(): Command {
  return new Command("fork-comment")
    .description("Comments on pull requests from forks: what would change, as far as it is seen without credentials.")
    .option("--hours <hours>", "look at checks that were started in the last hours", hours, 24)
    .option("--dry-run", "write no comment; show what they would say")
    .option("--json", "write one JSON object to standard output")
    .addHelpText("after", "\nExit codes: 0 told, 1 error.")
    .action(async (flags: { readonly hours: number; readonly dryRun?: boolean; readonly json?: boolean }) => {
      const { dryRun = false, json = false } = flags;
      const github = commandGithub(ownRepository);
      const since = new Date(Date.now() - flags.hours * 3_600_000);
      const comments = await commentOnForks(github, { since, dryRun });
      if (json) process.stdout.write(`${JSON.stringify({ dryRun, comments })}\n`);
      else if (comments.length === 0) process.stdout.write("No pull request from a fork has a new result.\n");
      else for (const { pullRequest, outcome } of comments) process.stdout.write(`#${pullRequest}: ${outcome}\n`);
    });
}
