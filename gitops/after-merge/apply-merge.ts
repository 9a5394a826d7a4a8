import type { Changed } from "../changed/changed";
import { gateName } from "../gates/gate-check";
import { checkOf } from "../github/check-run";
import type { Github } from "../github/client";
import type { ApplyRecord } from "../record/apply-record";
import { makeRecord } from "../record/make-record";
import { RecordStore } from "../record/record-store";
import type { FindRemoved } from "../removed/find-removed";
import { PlanStore } from "../review/plan-store";
import { ofSeenRun, planCheckName } from "../review/seen-run";
import type { EnvironmentApply, ReviewedEnvironment } from "../reviewed/apply-reviewed-environment";
import type { SettingChange } from "../settings-diff/setting-change";
import type { AppendOnlyStore } from "../store/append-only-store";
import type { Stack } from "../terraform/manifest";
import { withRemoved } from "../terraform/removal-order";
import { approversOf } from "./approvers";
import { baseOfMerge } from "./base-of-merge";
import { genuineReviews } from "./genuine-reviews";
import { heldAgain } from "./held-again";
import type { History } from "./history";
import { inOrder } from "./in-order";
import { laterApplies } from "./later-applies";
import { leftOut as notDone } from "./left-out";
import { type MergedPull, mergedPull } from "./merged-pull";
import { newestReview } from "./newest-review";
import { beginTelling, tellEnd } from "./tell";
import { whatToApply } from "./what-to-apply";

export interface MergeApplyOptions {
  readonly github: Github;
  /** Of the environment's plans and records. */
  readonly store: AppendOnlyStore;
  readonly environment: string;
  /** Commit on main. */
  readonly merge: string;
  /** All of the environment, as the merge has them. */
  readonly stacks: readonly Stack[];
  readonly history: History;
  readonly changedSince: (base: string) => Promise<Changed>;
  /** What the merge changes in the environment's settings. */
  readonly settingsSince: (base: string) => Promise<readonly SettingChange[]>;
  /** Of what the merge removes, the stacks to destroy, as `base` has them. */
  readonly findRemoved: (base: string, ...removed: Parameters<FindRemoved>) => ReturnType<FindRemoved>;
  readonly apply: (reviewed: ReviewedEnvironment) => Promise<EnvironmentApply[]>;
  /** Takes secrets out of text. */
  readonly redact: (text: string) => string;
  readonly now: () => Date;
  /** One line for whoever watches. */
  readonly progress: (line: string) => void;
}

/** What became of a merge in an environment. */
export interface MergeApply {
  readonly record: ApplyRecord;
  readonly results: readonly EnvironmentApply[];
  /** What else there is to know, one sentence each: for example what could not be told on GitHub. */
  readonly notes: readonly string[];
  readonly exitCode: 0 | 1;
}

/**
 * Applies to an environment what was reviewed in the pull request of a merge, and tells it: in a record, a deployment, the
 * pull request's comment, and where something is left in a follow-up pull request.
 * @throws UserError before anything is changed, when GitHub or the store does not say what was reviewed, or an earlier merge is still to
 * come: then it may be run again
 */
export async function applyMerge(options: MergeApplyOptions): Promise<MergeApply> {
  const { github, store, environment, merge, history, progress } = options;
  const [plans, records] = [new PlanStore(store), new RecordStore(store)];
  const notes: string[] = [];
  const note = (message: string): void => {
    notes.push(options.redact(message));
  };

  await inOrder(github, history, { merge, environment, now: options.now() });
  const pull = await mergedPull(github, merge);
  progress(
    pull ? `${merge.slice(0, 12)} is the merge of #${pull.number}` : `${merge.slice(0, 12)} has no pull request`,
  );
  const base = await baseOfMerge(github, history, merge, pull);
  const found = await options.changedSince(base);
  if (found.allBecause !== undefined) note(`Everything counts as changed: ${found.allBecause}`);
  const changed = found.stacks.filter((stack) => stack.environment === environment).map(({ stack }) => stack);
  const kept = pull ? await plans.manifests(pull.number, pull.head) : [];
  const seen = pull && (await checkOf(github, pull.head, planCheckName(environment)));
  const genuine = ofSeenRun(await genuineReviews(github, kept), seen);
  const gone = (found.removed ?? []).filter((stack) => stack.environment === environment);
  const planned = new Set(genuine.map(({ stack }) => stack));
  const removed = gone.length > 0 ? await options.findRemoved(base, gone, planned) : [];
  const stacks = withRemoved(options.stacks, removed);
  const mine = [...changed, ...removed.map(({ name }) => name)];
  const manifests = newestReview(genuine, environment, mine);
  const again = async (merged: MergedPull) =>
    heldAgain(github, merged, { environment, manifests, base, settings: await options.settingsSince(base) });
  const { leftOut, ...toApply } = whatToApply({
    ...{ environment, stacks, manifests },
    changed: mine,
    later: await laterApplies(merge, environment, { history, records }),
    held: pull && ((await heldBy(github, pull)) ?? (await again(pull))),
  });
  for (const { run, environment: where } of await records.unfinished(merge)) {
    if (where !== environment) continue;
    note(
      `Run ${run.id}, attempt ${run.attempt}, began this apply and never ended: it was killed, and its lock may still be held.`,
    );
  }

  const { run, actor = "unknown" } = github.context;
  const startedAt = options.now();
  const facts = {
    merge,
    pullRequest: pull?.number ?? null,
    environment,
    startedAt: startedAt.toISOString(),
    // A laptop may do it again and again.
    run: run ? { id: String(run.id), attempt: run.attempt } : { id: `local-${startedAt.getTime()}`, attempt: 1 },
    actor: pull?.mergedBy ?? actor,
  };
  const nothing = toApply.manifests.length + toApply.changed.length === 0;
  await records.begin({ version: 1, ...facts });
  const telling = await beginTelling(github, { commit: merge, environment, pull, nothing, note });

  let [results, why]: [readonly EnvironmentApply[], string | undefined] = [leftOut, undefined];
  let thrown: unknown;
  try {
    if (!nothing) results = [...leftOut, ...(await options.apply({ ...toApply, stacks, store: plans }))];
    else if (leftOut.length === 0) why = `The merge changes nothing in ${environment}`;
  } catch (error) {
    thrown = error;
    why = "The command itself broke off, so what became of the stacks is not known; the run's log says why";
    const begun = new Set([...toApply.changed, ...toApply.manifests.map(({ stack }) => stack)]);
    const unknown = stacks.filter(({ name }) => begun.has(name));
    results = [...leftOut, ...unknown.map((stack) => notDone(stack, "failed", why ?? ""))];
  }
  const approvedBy = await approversOf(github, environment).catch((error: unknown) => {
    note(`Who approved is not known: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  });
  const ended = { ...facts, endedAt: options.now().toISOString(), approvedBy, ...(why !== undefined && { why }) };
  const made = makeRecord(ended, order(results, stacks));
  const record = redacted(made, options.redact);
  let lost: unknown;
  // What is told on GitHub is told also when the record could not be kept.
  await records.put(record).catch((error: unknown) => {
    lost = error;
  });
  const touched = thrown !== undefined || results.some(({ started }) => started);
  await tellEnd(github, telling, { record, pull, touched, note });
  if (thrown !== undefined) throw thrown;
  if (lost !== undefined) throw lost;
  const good = record.outcome === "applied" || record.outcome === "nothing";
  return { record, results: order(results, stacks), notes, exitCode: good ? 0 : 1 };
}

/** Why a merge may change nothing: it went around the gate. Settings are held there, too, which no plan shows. */
async function heldBy(github: Github, { head }: MergedPull): Promise<string | undefined> {
  const gate = await checkOf(github, head, gateName);
  if (gate?.passed) return undefined;
  const said = gate === undefined ? "was never set" : `said: ${gate.title}`;
  return `the check ${gateName} of ${head.slice(0, 12)} was not passed when it was merged, it ${said}`;
}

const order = (results: readonly EnvironmentApply[], stacks: readonly Stack[]): EnvironmentApply[] => {
  const rank = ({ stack }: EnvironmentApply): number => stacks.findIndex(({ name }) => name === stack);
  return [...results].sort((one, other) => rank(one) - rank(other));
};

const redacted = (record: ApplyRecord, redact: (text: string) => string): ApplyRecord => ({
  ...record,
  stacks: record.stacks.map(({ why, ...stack }) => (why === undefined ? stack : { ...stack, why: redact(why) })),
});
