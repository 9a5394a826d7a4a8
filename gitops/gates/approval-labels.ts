import { oldestOpenRun } from "../github/apply-runs";
import { checkOf } from "../github/check-run";
import type { Github } from "../github/client";
import { GithubError, orMissing } from "../github/github-error";
import { approvalLabel } from "./approval";
import { gateName } from "./gate-check";

/** Those of 12 digits were made by earlier versions. */
const form = /^approve-([0-9a-f]{12}|[0-9a-f]{32})$/;
const description = "Lets the changes with this number pass the gate";

/** A label has to be there before people can choose it. */
export const ensureApprovalLabel = (github: Github, approval: string): Promise<void> =>
  ensureLabel(github, approvalLabel(approval));

/**
 * Takes labels away that let changes pass and that nobody needs any more: no open pull request carries one, and no gate of one asks for it;
 * nor does one carry it that was merged so lately that it may still be applied. What comes to be asked for meanwhile is made again: here where its gate was set before the label went, else by the job that sets the gate,
 * which makes the label once more after that.
 * @returns names of those that are gone
 */
export async function removeUnusedApprovals(github: Github, now: Date): Promise<string[]> {
  const { rest, paginate, at } = github;
  const all = await paginate(rest.issues.listLabelsForRepo, { ...at, per_page: 100 });
  const approvals = all.map(({ name }) => name).filter((name) => form.test(name));
  if (approvals.length === 0) return [];
  const needed = await neededLabels(github, now);
  const unused = approvals.filter((name) => !needed.has(name));
  for (const name of unused) await orMissing(rest.issues.deleteLabel({ ...at, name }));
  if (unused.length === 0) return [];
  const neededNow = await neededLabels(github, now);
  const back = unused.filter((name) => neededNow.has(name));
  for (const name of back) await ensureLabel(github, name);
  return unused.filter((name) => !neededNow.has(name)).sort();
}

/** Labels that open pull requests carry or wait for, and those that merged ones carry. */
async function neededLabels(github: Github, now: Date): Promise<Set<string>> {
  const { rest, paginate, at } = github;
  const open = await paginate(rest.pulls.list, { ...at, state: "open", per_page: 100 });
  // Their applies may wait still, or be run again, and ask who has given the label.
  const merged = await mergedSince(github, oldestOpenRun(now));
  const needed = new Set<string>(merged.flatMap(({ labels }) => labels.map(({ name }) => name)));
  for (const { head, labels } of open) {
    for (const { name } of labels) needed.add(name);
    const { externalId = "" } = (await checkOf(github, head.sha, gateName)) ?? {};
    if (externalId !== "") needed.add(approvalLabel(externalId));
  }
  return needed;
}

async function mergedSince({ rest, paginate, at }: Github, since: Date) {
  const parameters = { ...at, state: "closed", sort: "updated", direction: "desc", per_page: 100 } as const;
  const closed = await paginate(rest.pulls.list, parameters, ({ data }, done) => {
    // Whatever was merged since was also updated since.
    if (data.some(({ updated_at }) => new Date(updated_at) < since)) done();
    return data;
  });
  return closed.filter(({ merged_at }) => merged_at !== null && new Date(merged_at) >= since);
}

async function ensureLabel({ rest, at }: Github, name: string): Promise<void> {
  try {
    await rest.issues.createLabel({ ...at, name, color: "0e8a16", description });
  } catch (error) {
    if (!(error instanceof GithubError) || error.status !== 422) throw error;
  }
}
