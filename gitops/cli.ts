import { join, resolve } from "node:path";
import { Command } from "commander";
import { type ApplyReviewedFlags, applyReviewed, withApplyReviewedFlags } from "./after-merge/apply-reviewed-cli";
import { applyEnvironment, applyExitCode } from "./apply-environment";
import { bootstrapEnvironment } from "./bootstrap-environment";
import { changedCommand } from "./changed/cli";
import { commentCommand } from "./comment/cli";
import { doctorCommand } from "./doctor/cli";
import { type DriftFlags, drift } from "./drift/drift-cli";
import { driftExitCode, driftText } from "./drift/drift-environment";
import { environmentsCommand } from "./environments/cli";
import { forkCommentCommand } from "./fork/cli";
import { approvalsCommand } from "./gates/approvals-cli";
import { gateCommand } from "./gates/cli";
import type { EnvironmentOptions } from "./options";
import { planEnvironment, planExitCode } from "./plan-environment";
import { policyCommand } from "./policy/cli";
import { progressWriter } from "./progress-writer";
import { reconcileCommand } from "./reconcile/cli";
import { renderApplies, renderPlans } from "./render";
import { repositoryCommand } from "./repository/cli";
import { type ReviewFlags, review, withReviewFlags } from "./review/review-cli";
import { staleCommand } from "./stale/cli";
import { synthesize } from "./synthesize";
import { targetOf } from "./target";
import { unlockCommand } from "./unlock/cli";
import { messageOf, UserError } from "./user-error";

interface Flags extends ReviewFlags, DriftFlags, ApplyReviewedFlags {
  readonly json?: true;
  readonly localAccount?: true;
  readonly out?: string;
  readonly synthesized?: string;
  readonly work?: string;
}

/** What a command has found out: for people, for programs, and as exit code. */
interface Outcome {
  readonly text: string;
  readonly stacks: readonly unknown[];
  readonly exitCode: number;
}

const root = join(__dirname, "..");
const exitCodes = {
  plan: "Exit codes: 0 nothing would change, 2 something would, 3 a stack waits for another to be applied first, 1 error.",
  apply: "Exit codes: 0 every stack is as planned, 1 any is not.",
};

// The SDK's notice about the Node versions of its future releases is for those who choose its version.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const program = new Command("npm run").description("Plans and applies the stacks of an environment.");

withReviewFlags(
  command(
    "plan",
    "Shows what an apply would change, and keeps the plans for it.",
    exitCodes.plan,
    true,
    async (options, render, flags) => {
      if (flags.review) {
        const { result, exitCode } = await review(options, flags);
        const plans = result.stacks.map(({ plan }) => plan);
        const left = (result.leftBehind ?? []).map(({ words }) => `\n${words}`);
        return { text: (result.error ?? renderPlans(plans, render)) + left.join(""), stacks: plans, exitCode };
      }
      const plans = await planEnvironment(options);
      return { text: renderPlans(plans, render), stacks: plans, exitCode: planExitCode(plans) };
    },
  ),
);

withApplyReviewedFlags(
  command(
    "apply",
    "Applies the kept plans while they are good, else plans made now.",
    exitCodes.apply,
    true,
    async (options, render, flags) => {
      if (flags.reviewed) return applyReviewed(options, flags, render);
      const results = await applyEnvironment(options);
      return { text: renderApplies(results, render), stacks: results, exitCode: applyExitCode(results) };
    },
  ),
);

command(
  "bootstrap",
  "Creates the bucket for the environment's states, with its own state in it. May be repeated.",
  exitCodes.apply,
  false,
  async (options, render) => {
    const results = [await bootstrapEnvironment(options)];
    return { text: renderApplies(results, render), stacks: results, exitCode: applyExitCode(results) };
  },
);

command(
  "drift",
  "Compares AWS with what main says.",
  "Exit codes: 0 as main says, not compared, or told by an issue; 2 something differs; 1 something could not be compared.",
  false,
  async (options, _render, flags) => {
    const report = await drift(options, flags);
    return { text: driftText(report), stacks: report.stacks, exitCode: driftExitCode(report) };
  },
)
  .option("--issues", "keep an issue for each stack that differs, and compare nothing while a merge is not applied")
  .option(
    "--store <place>",
    "with --issues: s3://bucket or a folder with the records (default: the environment's bucket)",
  );

const commands = [
  changedCommand,
  commentCommand,
  gateCommand,
  approvalsCommand,
  reconcileCommand,
  staleCommand,
  environmentsCommand,
  repositoryCommand,
  forkCommentCommand,
  doctorCommand,
  policyCommand,
  unlockCommand,
];
for (const make of commands) program.addCommand(make());
// As it is typed: npm takes options before the dashes for its own.
for (const added of program.commands) added.usage(`-- ${added.usage()}`);

type Work = (options: EnvironmentOptions, render: { color: boolean; folder: string }, flags: Flags) => Promise<Outcome>;

function command(name: string, description: string, codes: string, chooses: boolean, work: Work): Command {
  const added = program
    .command(name)
    .description(description)
    .argument("<environment>", "name of a file in environments/, for example dev");
  if (chooses) added.argument("[stacks...]", "names or layers of stacks, for example data; all when left out");
  added
    .option("--json", "write one JSON object to standard output")
    .option("--local-account", "work on the local account that `npm start` runs, not on AWS; `local` always does")
    .option("--out <folder>", "folder for the plans (default: .local/plans)")
    .option("--synthesized <folder>", "take stacks that are synthesized already, instead of synthesizing them first")
    .option("--work <folder>", "folder for what Terraform keeps between runs (default: .local/terraform/<account>)")
    .addHelpText("after", `\n${codes}`)
    .action((environment: string, ...rest: unknown[]) => {
      const stacks = chooses ? (rest[0] as string[]) : [];
      return run(environment, stacks, rest[chooses ? 1 : 0] as Flags, work);
    });
  return added;
}

async function run(environment: string, stacks: readonly string[], flags: Flags, work: Work): Promise<void> {
  const { json = false, localAccount = false, out, synthesized, work: workFolder } = flags;
  const target = targetOf(environment, { localAccount, environmentsFolder: join(root, "environments") });
  const outFolder = synthesized === undefined ? synthesize(root, [environment]) : resolve(synthesized);
  const progress = progressWriter(process.stderr);
  const options: EnvironmentOptions = {
    environment,
    stacks,
    outFolder,
    workFolder: resolve(workFolder ?? join(root, ".local", "terraform", target.kind)),
    plansFolder: resolve(out ?? join(root, ".local", "plans")),
    env: target.env,
    onProgress: progress.take,
    signal: interruption(),
  };
  const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const outcome = await work(options, { color, folder: process.cwd() }, flags).finally(progress.end);
  const { text, stacks: results, exitCode } = outcome;
  const report = { environment, target: target.kind, exitCode, stacks: results };
  process.stdout.write(`${json ? JSON.stringify(report) : text}\n`);
  process.exitCode = exitCode;
}

/** Ctrl-C, or being asked to end, interrupts Terraform once; it must not be killed while it holds a lock. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      const again = controller.signal.aborted ? "Still waiting" : "Interrupted: waiting";
      process.stderr.write(`\n${again} for Terraform to end what it is doing and to release its locks.\n`);
      controller.abort();
    });
  }
  return controller.signal;
}

program.parseAsync().catch((error: unknown) => {
  // Settings errors and a missing local account are the user's to mend as well.
  const known = error instanceof UserError || (error instanceof Error && /^(Settings|Account)/.test(error.name));
  process.stderr.write(`${known || !(error instanceof Error) ? messageOf(error) : error.stack}\n`);
  process.exitCode = 1;
});
