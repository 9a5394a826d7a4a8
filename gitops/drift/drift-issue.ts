import { fenced } from "../comment/markdown";
import { stackDetails } from "../comment/stack-details";
import type { Github } from "../github/client";
import { type IssueOutcome, keepIssue } from "../github/kept-issue";
import { labels } from "../repository/wanted";
import { noChanges } from "../terraform/show";
import type { StackDrift } from "./find-drift";

/** GitHub takes 65,536 characters. */
const maxCharacters = 50_000;

/** Keeps the one issue that tells how a stack differs from what main says. */
export const keepDriftIssue = (github: Github, drift: StackDrift): Promise<IssueOutcome> =>
  keepIssue(github, {
    marker: `<!-- darkroom:drift ${drift.environment}/${drift.stack} -->`,
    title: `Drift: ${drift.stack} is not as main says`,
    label: labels.drift,
    text: drift.facts.length === 0 ? undefined : issueText(drift),
    facts: drift.facts,
    closing: `${drift.stack} is again as main says.`,
    changing: `${drift.stack} differs otherwise than before; the text above says how.`,
  });

function issueText({ environment, stack, resources, error }: StackDrift): string {
  const plan = {
    ...{ stack, environment, outcome: "changes" as const, changes: { ...noChanges, resources } },
    ...{ gates: [], waitsFor: [], mayChangeAfter: [], seconds: 0 },
  };
  const { text, leftOut } = stackDetails({ because: "all", plan }, resources, maxCharacters, true);
  return [
    error === undefined
      ? `Somebody or something changed ${stack} outside of a merge. This is what an apply would do about it:`
      : [`${stack} could not be compared with AWS:`, "", ...fenced(error.split("\n"))].join("\n"),
    "",
    text,
    ...(leftOut > 0 ? [`${leftOut} more did not fit here; \`npm run drift -- ${environment}\` shows all.`, ""] : []),
    "To put it right: change the code or the settings to what is there, or undo what was done in AWS. What may stay " +
      "different goes into `drift-allowed.yaml` with a last day. This issue closes by itself.",
  ].join("\n");
}
