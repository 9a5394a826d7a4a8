import { plain } from "../comment/markdown";
import type { Github } from "../github/client";
import { type IssueOutcome, keepIssue, openIssue } from "../github/kept-issue";
import type { RecordStore } from "../record/record-store";
import { labels } from "../repository/wanted";
import { applying, type Merge, mergesSince } from "./merges";
import { type Unapplied, unapplied } from "./unapplied";

/** Merges that an environment lacks. */
export interface Reconciliation {
  /** How many merges were looked at. */
  readonly merges: number;
  readonly unapplied: readonly Unapplied[];
  /** Those whose apply waits or runs. */
  readonly running: readonly Merge[];
}

/** Holds the merges into main since an instant against the records of an environment. */
export async function reconcileEnvironment(
  github: Github,
  { environment, since, records }: { environment: string; since: Date; records: RecordStore },
): Promise<Reconciliation> {
  // Asked before the merges: an apply that ends in between has its record by then.
  const running = await applying(github);
  const merges = await mergesSince(github, since);
  const recorded = await Promise.all(merges.map((merge) => withRecords(merge, environment, records)));
  return {
    merges: merges.length,
    unapplied: unapplied(recorded, running),
    running: merges.filter(({ commit }) => running.has(commit)),
  };
}

async function withRecords(merge: Merge, environment: string, records: RecordStore) {
  const [all, open] = await Promise.all([records.of(merge.commit), records.unfinished(merge.commit)]);
  return {
    merge,
    records: all.filter((record) => record.environment === environment),
    unfinished: open.filter((start) => start.environment === environment),
  };
}

const markerOf = (environment: string): string => `<!-- darkroom:unapplied ${environment} -->`;

/**
 * From when on merges have to be looked at: as asked, or since the oldest that the open issue names. A merge that stays unapplied is not
 * forgotten because it is old; whoever wants that closes the issue.
 */
export async function lookBackTo(github: Github, environment: string, asked: Date): Promise<Date> {
  const text = (await openIssue(github, markerOf(environment))) ?? "";
  const named = [...text.matchAll(/^- #\d+ \([0-9a-f]{12}, ([\d-]+T[\d:.]+Z)\): /gm)].map(([, at = ""]) =>
    Date.parse(at),
  );
  return new Date(Math.min(asked.getTime(), ...named));
}

/** Keeps the one issue that names the merges an environment lacks. */
export function keepReconcileIssue(github: Github, environment: string, found: Reconciliation): Promise<IssueOutcome> {
  const lines = found.unapplied.map(
    ({ merge, why }) =>
      `- #${merge.pullRequest} (${merge.commit.slice(0, 12)}, ${merge.mergedAt.toISOString()}): ${plain(why)}`,
  );
  const text = [
    `Merged into main, but not in ${environment}:`,
    "",
    ...lines,
    "",
    "Where a stack was refused or failed, its follow-up pull request shows what is left: merge that first. Then, where there is no " +
      "record, run the workflow `apply` of the merge again, which also lets the environments after a failed one have it. GitHub " +
      `allows that for 30 days; later an administrator runs \`npm run apply -- ${environment} --reviewed --merge <commit>\`. ` +
      "This issue closes by itself; closed by hand, it forgets merges of earlier weeks.",
  ];
  return keepIssue(github, {
    marker: markerOf(environment),
    title: `${environment} lacks merges of main`,
    label: labels.unapplied,
    text: lines.length === 0 ? undefined : text.join("\n"),
    facts: lines,
    closing: `${environment} has every merge of main.`,
    changing: "The merges above are other ones than before.",
  });
}
