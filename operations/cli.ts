import { join } from "node:path";
import { Command } from "commander";
import { messageOf, UserError } from "../gitops/user-error";
import { operatedAccount } from "./account";
import { daysOf, periodOf } from "./days";
import { readReasons } from "./redrive/reasons";
import { complete, redrive } from "./redrive/redrive";
import { redriveText } from "./redrive/text";
import { reprocess } from "./reprocess/reprocess";
import { finished, reprocessText } from "./reprocess/text";

interface Flags {
  readonly json?: true;
  readonly localAccount?: true;
  readonly dryRun?: true;
  readonly until?: string;
}

const root = join(__dirname, "..");
const codes = "Exit codes: 0 everything is done, 3 something is left and may be tried again, 1 error.";
const notDone = 3;

/** A run of the local account takes seconds, one on AWS minutes. */
const pollMilliseconds = { aws: 5000, "local-account": 500 };

// The SDK's notice about the Node versions of its future releases is for those who choose its version.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const program = new Command("npm run").description("Puts images through again: old ones, failed ones, refused ones.");

const command = (name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .argument("<environment>", "name of a file in environments/, for example dev")
    .option("--dry-run", "count what would go through again, and change nothing")
    .option("--json", "write one JSON object to standard output")
    .option("--local-account", "work on the local account that `npm start` runs, not on AWS; `local` always does")
    .addHelpText("after", `\n${codes}`);

command("reprocess", "Takes images through the present version of the processing again.")
  .requiredOption("--since <day>", "first day of arrival in UTC, for example 2026-01-31")
  .option("--until <day>", "last day of arrival (default: today)")
  .option("--prefix <text>", "only images whose id begins so", "")
  .action(async (name: string, flags: Flags & { readonly since: string; readonly prefix: string }) => {
    const { since, until, prefix, dryRun = false } = flags;
    if (!/^[A-Za-z0-9_-]*$/.test(prefix)) {
      throw new UserError(`--prefix: expected letters, digits, '_' and '-', as ids have, but got ${prefix}.`);
    }
    const days = daysOf(since, until, new Date());
    const account = await operatedAccount(name, { localAccount: flags.localAccount ?? false, root });
    const poll = pollMilliseconds[account.kind];
    const result = await reprocess({ account, days, prefix, dryRun, pollMilliseconds: poll, onLine });
    answer(flags, { environment: name, target: account.kind, dryRun, ...result }, reprocessText(result, dryRun));
    if (!finished(result)) process.exitCode = notDone;
  });

command("redrive", "Gives records that Lambda gave up on, and refused images of some reasons, to the functions again.")
  .option("--reason <reasons...>", "refused images of these reasons, too, for example timeout")
  .option("--since <day>", "only what was given up or refused on this day in UTC or later")
  .option("--until <day>", "only what was given up or refused on this day or before")
  .action(async (name: string, flags: Flags & { readonly since?: string; readonly reason?: string[] }) => {
    const { since, until, reason = [], dryRun = false } = flags;
    const reasons = readReasons(reason);
    const wanted = periodOf(since, until);
    const account = await operatedAccount(name, { localAccount: flags.localAccount ?? false, root });
    const result = await redrive({ account, reasons, wanted, dryRun, onLine });
    answer(flags, { environment: name, target: account.kind, dryRun, ...result }, redriveText(result, dryRun));
    if (!complete(result)) process.exitCode = notDone;
  });

// As it is typed: npm takes options before the dashes for its own.
for (const added of program.commands) added.usage(`-- ${added.usage()}`);

function onLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

function answer({ json }: Flags, content: object, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(content) : text}\n`);
}

program.parseAsync().catch((error: unknown) => {
  // Settings errors and a missing local account are the user's to mend as well.
  const known = error instanceof UserError || (error instanceof Error && /^(Settings|Account)/.test(error.name));
  // What AWS refuses (rights, expired sign-in, throttling) is told in its words.
  const refused = error instanceof Error && "$metadata" in error ? `AWS: ${error.name}: ${error.message}` : undefined;
  process.stderr.write(`${refused ?? (known || !(error instanceof Error) ? messageOf(error) : error.stack)}\n`);
  process.exitCode = 1;
});
