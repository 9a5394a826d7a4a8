import { spawn } from "node:child_process";
import { join } from "node:path";
import { Command } from "commander";
import { repositoryFolder } from "../../environments/repository";
import { knownCommit } from "../known-commit";
import { UserError } from "../user-error";
import { changedSince } from "./changed";

/** `npm run changed`: which stacks are synthesized differently than at a commit. */
export function changedCommand(): Command {
  return new Command("changed")
    .description("Lists the stacks that are synthesized differently than at a commit, and those that depend on them.")
    .requiredOption("--base <commit>", "the commit to compare with")
    .option("--json", "write one JSON object to standard output: base, allBecause, stacks, removed")
    .addHelpText(
      "after",
      "\nWhat can't be compared counts as changed, with the reason.\nExit codes: 0 told, 1 git does not know the commit, or this tree can't be synthesized.",
    )
    .action(async ({ base, json }: { readonly base: string; readonly json?: boolean }) => {
      const repository = repositoryFolder();
      // What can't be synthesized counts as changed; a name that git does not know is a mistake of whoever typed it.
      await knownCommit(base, repository);
      const progress = (line: string): void => void process.stderr.write(`${line}\n`);
      const present = join(repository, "cdktf.out");
      const changed = await changedSince(base, { repository, present, synthesized: synthesize(repository), progress });
      if (json) process.stdout.write(`${JSON.stringify(changed, null, 2)}\n`);
      else {
        if (changed.allBecause !== undefined)
          process.stdout.write(`Everything counts as changed: ${changed.allBecause}\n`);
        else if (changed.stacks.length === 0)
          process.stdout.write(`Nothing is synthesized differently than at ${base}.\n`);
        for (const { stack, because } of changed.stacks) process.stdout.write(`${stack} (${because})\n`);
        for (const { stack } of changed.removed ?? []) process.stdout.write(`${stack} (removed)\n`);
      }
    });
}

/** Its own process, as the synth of the base is, so that both use a core. */
async function synthesize(repository: string): Promise<void> {
  const child = spawn(process.execPath, [join(repository, "gitops", "synth.mjs")], {
    cwd: repository,
    stdio: ["ignore", process.stderr.fd, process.stderr.fd],
  });
  const code = await new Promise((resolve) => child.once("error", resolve).once("close", resolve));
  if (code !== 0) throw new UserError("The stacks of this tree could not be synthesized.");
}
