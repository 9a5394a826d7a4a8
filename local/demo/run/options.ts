import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { UserError } from "../../../gitops/user-error";

/** What can be asked of `npm start`. */
export interface StartOptions {
  /** End when everything is accounted for; the exit code tells. */
  readonly once: boolean;
  /** Forget the account of earlier runs first. */
  readonly fresh: boolean;
  /** Port of the page; any free one when left out. */
  readonly port?: number;
  /** The report as one JSON object on standard output. */
  readonly json: boolean;
}

/**
 * Reads the command line; answers undefined when it only asked for help, which has been shown.
 * @throws UserError for anything that is no option
 */
export function parseStartOptions(args: readonly string[]): StartOptions | undefined {
  const command = new Command("npm start --")
    .description(
      "Runs the whole pipeline on this computer: an emulated AWS account, Apache Kafka and Terraform; sends real photographs through it, and shows what became of them on a page. Stays up until Ctrl-C.",
    )
    .option("--once", "end by itself; exit code 0 only if every image is accounted for")
    .option("--fresh", "forget what earlier runs left in .local first")
    .addOption(new Option("--port <number>", "port of the page (default: a free one)").argParser(portNumber))
    .option("--json", "write the report as one JSON object to standard output")
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  try {
    const flags = command.parse([...args], { from: "user" }).opts<Partial<StartOptions>>();
    return { once: false, fresh: false, json: false, ...flags };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UserError(`${error.message.replace(/^error: /, "")}\nSee: npm start -- --help`);
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError(`Expected a port from 1 to 65535, but got ${text}.`);
  }
  return port;
}
