import { Command, Option } from "commander";
import { loadEnvironments } from "../../environments/load";
import { promotionOrder } from "../environments/promotion";
import type { Github } from "../github/client";
import { commandGithub } from "../github/command-client";
import { pullRequestNumber } from "../github/pull-request-number";
import { ownRepository } from "../repository/own-repository";
import type { ReviewResult } from "../review/result";
import { collectResults } from "./collect-results";
import { commentNotPlanned, notPlannedText, readFaults } from "./comment-not-planned";
import { commentOnReview, reviewText } from "./comment-on-review";
import { tellGoneEnvironments } from "./gone-environments";
import { type StaleTold, tellStale } from "./tell-stale";
import { verdictOf } from "./verdict";

interface Flags {
  readonly pullRequest: number;
  readonly head: string;
  readonly results?: readonly string[];
  readonly notPlanned?: string;
  readonly stale?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `npm run comment`: the one comment about a pull request's plan, its checks and its gate. */
export function commentCommand(): Command {
  return new Command("comment")
    .description("Writes the one comment about a pull request's plan, and sets its checks and its gate.")
    .requiredOption("--pull-request <number>", "the pull request", pullRequestNumber)
    .requiredOption("--head <commit>", "the commit that was planned")
    .option("--results <files...>", "what `plan --review --result` wrote, a file an environment")
    .option(
      "--not-planned <file>",
      "nothing was planned; `environments --faults` keeps in the file why, if settings are",
    )
    .addOption(
      new Option("--stale", "nothing is planned yet: say only which plans are stale, as their checks say it").conflicts(
        ["dryRun", "notPlanned", "results"],
      ),
    )
    .option("--dry-run", "show the comment, write nothing to GitHub")
    .option("--json", "write one JSON object to standard output: outcome, verdict, text")
    .addHelpText("after", "\nAn environment without a result counts as not planned.\nExit codes: 0 told, 1 error.")
    .action(async ({ pullRequest, head, results: files = [], notPlanned, stale, dryRun, json }: Flags) => {
      if (notPlanned !== undefined) {
        const faults = readFaults(notPlanned);
        const told = dryRun
          ? { outcome: "dry-run", text: notPlannedText(faults, head, undefined) }
          : await commentNotPlanned(github(), pullRequest, head, faults);
        const text = dryRun ? told.text : `#${pullRequest}: ${told.outcome}: nothing could be planned`;
        process.stdout.write(`${json ? JSON.stringify(told) : text}\n`);
        return;
      }
      const environments = promotionOrder(loadEnvironments()).map(({ name }) => name);
      if (stale) {
        const outcome = await tellStale(github(), pullRequest, head, environments);
        process.stdout.write(`${json ? JSON.stringify({ outcome }) : `#${pullRequest}: ${staleWords[outcome]}`}\n`);
        return;
      }
      const collected = collectResults(files, environments, { pullRequest, head });
      const told = dryRun ? dryRunOf(collected) : await tell(github(), pullRequest, head, collected);
      const text = dryRun ? told.text : `#${pullRequest}: ${told.outcome}: ${told.verdict.words}`;
      process.stdout.write(`${json ? JSON.stringify(told) : text}\n`);
    });
}

const staleWords: Readonly<Record<StaleTold, string>> = {
  edited: "its comment says which plans are stale",
  same: "its comment says already which plans are stale",
  none: "no plan is stale, or there is no comment",
  superseded: "superseded",
};

const tell = async (to: Github, pullRequest: number, head: string, results: readonly ReviewResult[]) =>
  commentOnReview(to, pullRequest, head, await tellGoneEnvironments(to, head, results));

function dryRunOf(results: readonly ReviewResult[]) {
  const verdict = verdictOf(results);
  return { outcome: "dry-run", verdict, text: reviewText(results, verdict, undefined) };
}

const github = () => commandGithub(ownRepository);
