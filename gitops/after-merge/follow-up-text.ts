import type { ApplyRecord } from "../record/apply-record";
import { byHand } from "../removed/by-hand";
import { recordLines } from "./record-lines";

/** What a follow-up says. */
export interface FollowUpFacts {
  readonly record: ApplyRecord;
  /** Whether Terraform had begun to change anything. */
  readonly touched: boolean;
  readonly runUrl: string | undefined;
}

/** `#12`, or the commit where it came without a pull request. */
export const originOf = ({ pullRequest, merge }: Pick<ApplyRecord, "pullRequest" | "merge">): string =>
  pullRequest === null ? merge.slice(0, 12) : `#${pullRequest}`;

export const followUpTitle = (record: ApplyRecord): string =>
  `Follow-up of ${originOf(record)}: ${record.environment} is not as merged`;

/** The text of a follow-up pull request. No value of any resource is in it, and no error of Terraform. */
export function followUpText({ record, touched, runUrl }: FollowUpFacts): string {
  const { environment, merge, why } = record;
  const origin = originOf(record);
  const from = origin.startsWith("#") ? `The merge of ${origin} (${merge.slice(0, 12)})` : `The commit ${origin}`;
  const by = runUrl === undefined ? "" : ` by [this run](${runUrl})`;
  return [
    `${from} was not wholly applied to ${environment}${by}:`,
    "",
    ...recordLines(record),
    ...(why === undefined ? [] : ["", `${why}.`]),
    ...removedLines(record),
    "",
    touched
      ? "**Do not run that apply again**: its plans are used up or stale, and what is left is another change than was reviewed."
      : "Nothing was changed. Where the reason has gone, that run may be started again; otherwise it is reviewed here.",
    "",
    "This pull request changes no configuration. It has what is left planned, for review; merging it applies that. When its plan says that nothing changes, close it.",
    "",
    "GitHub starts no workflow for what a workflow opens: close this pull request and reopen it to have it planned.",
    "",
  ].join("\n");
}

/** What helps where a removed stack could not be destroyed. */
const removedLines = ({ environment, stacks }: ApplyRecord): string[] =>
  stacks.flatMap(({ stack, outcome, removedFrom }) => {
    if (outcome !== "failed" || removedFrom === undefined) return [];
    return ["", "```", byHand(environment, stack, removedFrom), "```"];
  });
