import type { Github } from "../github/client";
import { GithubError } from "../github/github-error";
import type { ApplyRecord } from "../record/apply-record";
import { labels, mainBranch } from "../repository/wanted";
import { messageOf } from "../user-error";
import { type FollowUpMarker, markerFolder, markerText } from "./follow-up-marker";
import { type FollowUpFacts, followUpText, followUpTitle, originOf } from "./follow-up-text";
import { writeBranch } from "./write-branch";

/** What became of a follow-up. */
export interface FollowUp {
  readonly outcome: "opened" | "updated";
  readonly number: number;
}

type Origin = Pick<ApplyRecord, "pullRequest" | "merge" | "environment">;

const nameOf = ({ pullRequest, merge, environment }: Origin): string =>
  `${pullRequest ?? merge.slice(0, 12)}-${environment}`;

/**
 * Keeps the one pull request that shows what a merge has left to apply in an environment.
 * @param options.assignee - who is to look after it
 * @param options.note - told of what is not essential and failed
 */
export async function keepFollowUp(
  github: Github,
  facts: FollowUpFacts,
  options: { readonly assignee: string | undefined; readonly note: (message: string) => void },
): Promise<FollowUp> {
  const { rest, at } = github;
  const { record } = facts;
  const branch = `follow-up/${nameOf(record)}`;
  const [title, body] = [followUpTitle(record), followUpText(facts)];
  const open = await openFollowUp(github, branch);
  await writeBranch(github, {
    branch,
    path: `${markerFolder}/${nameOf(record)}.json`,
    content: markerText(markerOf(record)),
    message: `Follow-up of ${originOf(record)} in ${record.environment}`,
    // Somebody may have put their own commits onto an open one.
    keep: open !== undefined,
    from: mainBranch,
  });
  const number = open ?? (await opened(github, { title, body, branch }));
  if (open !== undefined) await rest.pulls.update({ ...at, pull_number: number, title, body });
  for (const [what, work] of [
    ["labelled", () => rest.issues.addLabels({ ...at, issue_number: number, labels: [labels.followUp.name] })],
    [
      "assigned",
      async () => {
        const { assignee } = options;
        if (assignee) await rest.issues.addAssignees({ ...at, issue_number: number, assignees: [assignee] });
      },
    ],
  ] as const) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof GithubError)) throw error;
      options.note(`#${number} could not be ${what}: ${messageOf(error)}`);
    }
  }
  return { outcome: open === undefined ? "opened" : "updated", number };
}

/** Closes the follow-up of a merge once nothing is left. @returns its number, if there was one */
export async function closeFollowUp(github: Github, origin: Origin): Promise<number | undefined> {
  const { rest, at } = github;
  const number = await openFollowUp(github, `follow-up/${nameOf(origin)}`);
  if (number === undefined) return undefined;
  const body = `${originOf(origin)} is applied to ${origin.environment}: nothing is left to follow up.`;
  await rest.issues.createComment({ ...at, issue_number: number, body });
  await rest.pulls.update({ ...at, pull_number: number, state: "closed" });
  return number;
}

async function opened(
  github: Github,
  { title, body, branch }: { readonly title: string; readonly body: string; readonly branch: string },
): Promise<number> {
  const { rest, at } = github;
  try {
    const { data } = await rest.pulls.create({ ...at, title, body, head: branch, base: mainBranch });
    return data.number;
  } catch (error) {
    // Made by the first of two tries, of which only the second was answered.
    const number =
      error instanceof GithubError && error.status === 422 ? await openFollowUp(github, branch) : undefined;
    if (number === undefined) throw error;
    return number;
  }
}

async function openFollowUp({ rest, at }: Github, branch: string): Promise<number | undefined> {
  const { data } = await rest.pulls.list({ ...at, state: "open", head: `${at.owner}:${branch}`, per_page: 1 });
  // GitHub ignores a head that it does not understand, and lists all.
  return data.find(({ head }) => head.ref === branch)?.number;
}

function markerOf({ pullRequest, merge, environment, stacks, run }: ApplyRecord): FollowUpMarker {
  const left = stacks.filter(({ outcome }) => outcome !== "applied" && outcome !== "nothing");
  const removed = left.flatMap(({ stack, removedFrom }) => (removedFrom === undefined ? [] : [[stack, removedFrom]]));
  return {
    ...{ pullRequest, merge, environment },
    stacks: left.map(({ stack }) => stack).sort(),
    ...(removed.length > 0 && { removedFrom: Object.fromEntries(removed) }),
    run: `${run.id}-${run.attempt}`,
  };
}
