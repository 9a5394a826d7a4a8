import { Command } from "commander";
import { environmentsFolder } from "../../environments/environment-files";
import { repositoryFolder } from "../../environments/repository";
import { redactor } from "../redact/redact-text";
import { requireEnvironment } from "../target";
import { examine } from "./examine";
import { doctorExitCode, renderFindings } from "./render";

interface Flags {
  readonly json?: boolean;
  readonly localAccount?: boolean;
}

/** `npm run doctor`: what is wrong with this checkout, this computer and the account, and what mends it. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description(
      "Tells what is wrong with this checkout, this computer, the repository on GitHub and the accounts, and the line that mends it. Changes nothing.",
    )
    .argument("[environments...]", "names of files in environments/; all when left out")
    .option("--json", "write one JSON object to standard output: findings, exitCode")
    .option("--local-account", "look at the local account that `npm start` runs, not at AWS; `local` always does")
    .addHelpText(
      "after",
      [
        "",
        "Accounts are looked at with the AWS credentials there are, the repository on GitHub with GITHUB_TOKEN; what can't be",
        "looked at is told as not checked, with why.",
        "Exit codes: 0 nothing wrong, 1 faults.",
      ].join("\n"),
    )
    .action(async (names: readonly string[], { json, localAccount = false }: Flags) => {
      const folder = environmentsFolder();
      for (const name of names) requireEnvironment(name, folder);
      const redact = redactor(process.env);
      const about = { root: repositoryFolder(), env: process.env, now: new Date(), names, localAccount };
      const found = (await examine({ ...about, environmentsFolder: folder })).map((finding) => ({
        ...finding,
        text: redact(finding.text),
      }));
      const exitCode = doctorExitCode(found);
      const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
      process.stdout.write(`${json ? JSON.stringify({ findings: found, exitCode }) : renderFindings(found, color)}\n`);
      process.exitCode = exitCode;
    });
}
