import { Command } from "commander";
import { commandGithub } from "../github/command-client";
import { ownRepository } from "../repository/own-repository";
import { removeUnusedApprovals } from "./approval-labels";

/** `npm run approvals`: takes labels away that no open pull request needs. */
export function approvalsCommand(): Command {
  return new Command("approvals")
    .description(
      "Takes labels away that let changes pass the gate, where no pull request that is open or may still be applied needs them.",
    )
    .option("--json", "write one JSON object to standard output: removed")
    .addHelpText("after", "\nExit codes: 0 done, 1 error.")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const github = commandGithub(ownRepository);
      const removed = await removeUnusedApprovals(github, new Date());
      const text = removed.length === 0 ? "Every label is needed." : `Gone: ${removed.join(", ")}`;
      process.stdout.write(`${json ? JSON.stringify({ removed }) : text}\n`);
    });
}
