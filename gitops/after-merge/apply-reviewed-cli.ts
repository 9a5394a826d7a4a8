import { type Command, InvalidArgumentError } from "commander";
import { loadEnvironment } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import { changedSince } from "../changed/changed";
import { githubClient } from "../github/client";
import { githubContext } from "../github/context";
import { type EnvironmentOptions, openContext } from "../options";
import { redactor, secretRemover } from "../redact/redact-text";
import { redactValues } from "../redact/redact-values";
import { removedFinder } from "../removed/find-removed";
import { type RenderOptions, renderApplies } from "../render";
import { applyReviewedEnvironment } from "../reviewed/apply-reviewed-environment";
import { environmentsAt } from "../settings-diff/environment-versions";
import { settingChanges } from "../settings-diff/setting-changes";
import { defaultStore } from "../store/default-store";
import { storeOf } from "../store/store-of";
import { UserError } from "../user-error";
import { applyMerge } from "./apply-merge";
import { gitHistory } from "./history";

/** Flags of `apply --reviewed`. */
export interface ApplyReviewedFlags {
  readonly reviewed?: boolean;
  readonly merge?: string;
  readonly store?: string;
}

const commit = (text: string): string => {
  if (!/^[0-9a-f]{40}$/.test(text)) throw new InvalidArgumentError("expected the 40 hex digits of a commit");
  return text;
};

/** Adds the flags to a command. */
export const withApplyReviewedFlags = (command: Command): Command =>
  command
    .option("--reviewed", "apply what was reviewed in the pull request of a merge, and tell it on GitHub")
    .option("--merge <commit>", "with --reviewed: the commit on main", commit)
    .option(
      "--store <place>",
      "with --reviewed: s3://bucket or a folder of the plans (default: the environment's bucket)",
    )
    .addHelpText(
      "after",
      "With --reviewed: 0 applied as reviewed or nothing to apply, 1 failed or refused. Needs GITHUB_TOKEN.",
    );

/** @throws UserError when nothing could be applied at all; then it may be run again */
export async function applyReviewed(options: EnvironmentOptions, flags: ApplyReviewedFlags, render: RenderOptions) {
  const { environment: name, env, outFolder, onProgress = () => {} } = options;
  const { merge, store } = flags;
  if (merge === undefined) throw new UserError("--reviewed: expected --merge with it.");
  if ((options.stacks ?? []).length > 0) {
    throw new UserError("--reviewed: expected no stacks: the review says which are applied.");
  }
  const environment = loadEnvironment(name);
  const progress = (message: string): void => onProgress({ step: "prepare", message });
  const github = githubClient(githubContext(process.env, { repository: environment.github.repository }), {
    onWait: progress,
  });
  const repository = repositoryFolder();
  const context = await openContext(options);
  const { record, results, notes, exitCode } = await applyMerge({
    ...{ github, environment: name, merge, progress },
    store: storeOf(store ?? defaultStore(environment), env, environment.region),
    stacks: context.allStacks,
    history: gitHistory(repository),
    changedSince: (base) => changedSince(base, { repository, present: outFolder, progress }),
    settingsSince: async (base) => {
      const before = (await environmentsAt(base, repository)).get(name);
      return redactValues(settingChanges(before, environment, new Date()), secretRemover(env));
    },
    findRemoved: (base, ...removed) => removedFinder(context, base)(...removed),
    apply: (reviewed) => applyReviewedEnvironment(context, reviewed),
    redact: redactor({ ...process.env, ...env }),
    now: () => new Date(),
  });
  const text = [...(results.length > 0 ? [renderApplies(results, render)] : [`${record.why}.`]), ...notes].join("\n");
  return { text, stacks: results, exitCode, record, notes };
}
