import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { loadEnvironment } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import { readChanged } from "../changed/read-changed";
import { pullRequestNumber } from "../github/pull-request-number";
import { type EnvironmentOptions, openContext } from "../options";
import { planExitCode } from "../plan-environment";
import { secretRemover } from "../redact/redact-text";
import { redactValues } from "../redact/redact-values";
import { removedFinder } from "../removed/find-removed";
import { environmentsAt } from "../settings-diff/environment-versions";
import { settingChanges } from "../settings-diff/setting-changes";
import { defaultStore } from "../store/default-store";
import { storeOf } from "../store/store-of";
import { messageOf, UserError } from "../user-error";
import { PlanStore } from "./plan-store";
import type { ReviewResult } from "./result";
import { reviewEnvironment } from "./review-environment";

/** Flags of `plan --review`. */
export interface ReviewFlags {
  readonly review?: boolean;
  readonly pullRequest?: number;
  readonly head?: string;
  readonly base?: string;
  readonly mergeTree?: string;
  readonly changed?: string;
  readonly store?: string;
  readonly result?: string;
}

const object = (text: string): string => {
  if (!/^[0-9a-f]{40}$/.test(text)) throw new InvalidArgumentError("expected the 40 hex digits of a git object");
  return text;
};

/** Adds the flags to a command. */
export const withReviewFlags = (command: Command): Command =>
  command
    .option("--review", "plan what a pull request changes, keep the plans for its merge, write the result to a file")
    .option("--pull-request <number>", "with --review: its number", pullRequestNumber)
    .option("--head <commit>", "with --review: its commit", object)
    .option("--base <commit>", "with --review: the commit of the branch it goes to", object)
    .option("--merge-tree <tree>", "with --review: the git tree of the merge of both", object)
    .option("--changed <file>", "with --review: what `npm run changed -- --json` wrote (default: plan all stacks)")
    .option(
      "--store <place>",
      "with --review: s3://bucket or a folder for the plans (default: the environment's bucket)",
    )
    .option("--result <file>", "with --review: where to write what was found");

/**
 * Reviews an environment, and writes the result also when nothing could be planned, so that the comment can say so.
 * @returns the result, and the exit code of a plan
 * @throws UserError when a flag is missing
 */
export async function review(
  options: EnvironmentOptions,
  flags: ReviewFlags,
): Promise<{ readonly result: ReviewResult; readonly exitCode: number }> {
  const { pullRequest, head, base, mergeTree, result: file } = flags;
  if (pullRequest === undefined || !head || !base || !mergeTree || !file) {
    throw new UserError("--review: expected --pull-request, --head, --base, --merge-tree and --result with it.");
  }
  const { GITHUB_RUN_ID: id = "0", GITHUB_RUN_ATTEMPT: attempt = "1" } = process.env;
  const reviewed = { pullRequest, head, base, mergeTree, run: { id, attempt: Number(attempt) } };
  const result = await found(options, flags, reviewed);
  writeFileSync(file, `${JSON.stringify(redactValues(result, secretRemover(options.env)), null, 2)}\n`);
  const bad = result.error !== undefined || (result.leftBehind ?? []).length > 0;
  return { result, exitCode: bad ? 1 : planExitCode(result.stacks.map(({ plan }) => plan)) };
}

type Reviewed = Pick<ReviewResult, "pullRequest" | "head" | "base" | "mergeTree" | "run">;

async function found(options: EnvironmentOptions, flags: ReviewFlags, reviewed: Reviewed): Promise<ReviewResult> {
  const { environment: name, env } = options;
  try {
    const environment = loadEnvironment(name);
    const now = () => new Date();
    const before = (await environmentsAt(reviewed.base, repositoryFolder())).get(name);
    const place = flags.store ?? defaultStore(environment);
    const context = await openContext(options);
    return await reviewEnvironment(context, {
      reviewed,
      changed: flags.changed === undefined ? undefined : readChanged(flags.changed),
      findRemoved: removedFinder(context, reviewed.base),
      settings: settingChanges(before, environment, now()),
      store: new PlanStore(storeOf(place, env, environment.region)),
      now,
    });
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof Error && error.name === "SettingsError")) throw error;
    const nothing = { settings: [], stacks: [], unchanged: [] };
    return { version: 1, environment: name, ...reviewed, ...nothing, error: messageOf(error) };
  }
}
