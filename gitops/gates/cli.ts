import { Command } from "commander";
import { checkOf } from "../github/check-run";
import { commandGithub } from "../github/command-client";
import { pullRequestNumber } from "../github/pull-request-number";
import { ownRepository } from "../repository/own-repository";
import { gateName, setGate } from "./gate-check";
import { tellGate } from "./tell-gate";

/** `npm run gate`: looks again at who has labelled a pull request. */
export function gateCommand(): Command {
  return new Command("gate")
    .description(
      "Opens or holds the gate of a pull request by the label a code owner has given or taken, and says so in its comment.",
    )
    .requiredOption("--pull-request <number>", "the pull request", pullRequestNumber)
    .option("--json", "write one JSON object to standard output: open, title")
    .addHelpText(
      "after",
      "\nWhat is held is told by the check that `npm run comment` sets.\nExit codes: 0 told, 1 error.",
    )
    .action(async ({ pullRequest, json }: { readonly pullRequest: number; readonly json?: boolean }) => {
      const github = commandGithub(ownRepository);
      const { rest, at } = github;
      const { data: pull } = await rest.pulls.get({ ...at, pull_number: pullRequest });
      const check = await checkOf(github, pull.head.sha, gateName);
      // Before the first plan nothing is known to be held, and nothing is known to be free.
      if (check === undefined) {
        const told = { open: false, title: "Not planned yet" };
        process.stdout.write(`${json ? JSON.stringify(told) : told.title}\n`);
        return;
      }
      const gated = { number: pullRequest, head: pull.head.sha, base: pull.base.ref, author: pull.user.login };
      const state = await setGate(github, gated, check.externalId === "" ? undefined : check.externalId);
      // After a merge the comment belongs to the applies, which take no turns with this job.
      if (pull.state === "open") await tellGate(github, pullRequest, state);
      process.stdout.write(`${json ? JSON.stringify(state) : state.title}\n`);
    });
}
