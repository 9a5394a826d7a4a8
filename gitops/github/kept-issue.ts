import { createHash } from "node:crypto";
import { redactor } from "../redact/redact-text";
import type { labels } from "../repository/wanted";
import type { Github } from "./client";

/** One issue that commands keep: found by its marker alone, whoever has changed its title or labels since. */
export interface KeptIssue {
  /** `<!-- darkroom:drift prod/prod-data -->` */
  readonly marker: string;
  readonly title: string;
  readonly label: (typeof labels)[keyof typeof labels];
  /** Undefined when there is nothing to tell (any more). */
  readonly text: string | undefined;
  /** What the text tells of; people hear of it again only when this differs. */
  readonly facts: readonly string[];
  /** Comments when the issue is closed, and when it tells something else than before. */
  readonly closing: string;
  readonly changing: string;
}

/** What became of it. */
export type IssueOutcome = "opened" | "updated" | "reopened" | "same" | "closed" | "none";

const fingerprintOf = (body: string): string | undefined => /<!-- fingerprint ([0-9a-f]{16}) -->/.exec(body)?.[1];

/**
 * Opens the issue when there is something to tell, edits it (with a comment, which tells people) only when that differs
 * from before, closes it when there is nothing left, and opens it again when there is, also if somebody closed it by hand.
 */
export async function keepIssue(github: Github, kept: KeptIssue): Promise<IssueOutcome> {
  const { rest, at } = github;
  const { title, label, text, closing, changing } = kept;
  const issue = await findIssue(github, kept.marker);
  if (text === undefined) {
    if (issue === undefined || issue.state === "closed") return "none";
    lists.delete(github);
    await rest.issues.createComment({ ...at, issue_number: issue.number, body: closing });
    await rest.issues.update({ ...at, issue_number: issue.number, state: "closed", state_reason: "completed" });
    return "closed";
  }
  const fingerprint = createHash("sha256")
    .update([...kept.facts].sort().join("\n"))
    .digest("hex")
    .slice(0, 16);
  const body = `${kept.marker}\n<!-- fingerprint ${fingerprint} -->\n\n${redactor(process.env)(text)}`;
  const known = issue !== undefined && fingerprintOf(issue.body ?? "") === fingerprint;
  if (known && issue.state === "open") return "same";
  lists.delete(github);
  if (issue === undefined) {
    await rest.issues.create({ ...at, title, body, labels: [label.name] });
    return "opened";
  }
  await rest.issues.update({ ...at, issue_number: issue.number, body, state: "open" });
  if (!known) await rest.issues.createComment({ ...at, issue_number: issue.number, body: changing });
  return issue.state === "closed" ? "reopened" : "updated";
}

/** The text of the issue while it is open. */
export async function openIssue(github: Github, marker: string): Promise<string | undefined> {
  const issue = await findIssue(github, marker);
  return issue?.state === "open" ? (issue.body ?? "") : undefined;
}

const listOf = ({ rest, paginate, at }: Github) =>
  paginate(rest.issues.listForRepo, { ...at, state: "all", per_page: 100 });

/** All issues and pull requests there ever were, a hundred a call of a thousand an hour: a command lists them once, until it writes. */
const lists = new WeakMap<Github, ReturnType<typeof listOf>>();

/** Compared here and not by GitHub's search, which also finds prose that speaks of the marker. */
async function findIssue(github: Github, marker: string) {
  const list = lists.get(github) ?? listOf(github);
  lists.set(github, list);
  return (await list).find(
    ({ body, user, pull_request }) => pull_request === undefined && user?.type === "Bot" && body?.startsWith(marker),
  );
}
