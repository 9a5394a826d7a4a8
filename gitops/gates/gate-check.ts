import { type Check, setCheck } from "../github/check-run";
import type { Github } from "../github/client";
import { approvalLabel } from "./approval";
import { isCodeOwner } from "./code-owners";

/** Name of the check that the branch rule asks for. */
export const gateName = "gate";

/** A pull request, as far as the gate asks. */
export interface GatedPull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly author: string;
}

/** What the gate says, and by whom it was opened. */
export interface GateState {
  readonly open: boolean;
  readonly title: string;
  readonly by?: string;
}

/**
 * Opens or holds the gate of a commit: open when nothing is held, or when a code owner who is not the author has given
 * the label of these very changes.
 * @param approval - undefined when nothing is held
 */
export async function setGate(github: Github, pull: GatedPull, approval: string | undefined): Promise<GateState> {
  const state = await gateState(github, pull, approval);
  const how =
    approval === undefined
      ? "No stateful resource goes, no retention gets shorter, no right gets wider, nothing opens to the internet."
      : `The pull request's comment says what is held. The label \`${approvalLabel(approval)}\`, given by a code owner other than the author, lets it pass; other changes need another label. Where CODEOWNERS names teams, somebody with the role admin or maintain gives it: a workflow can't see who is in a team.`;
  const check: Check = {
    name: gateName,
    head: pull.head,
    passed: state.open,
    title: state.title,
    summary: how,
    externalId: approval ?? "",
  };
  await setCheck(github, check);
  return state;
}

/**
 * Whether a code owner has let these very changes pass.
 * @param pull.until - instant in ISO 8601; what became of labels after it does not count. @default now
 */
export async function gateState(
  github: Github,
  pull: Omit<GatedPull, "head"> & { readonly until?: string | undefined },
  approval: string | undefined,
): Promise<GateState> {
  if (approval === undefined) return { open: true, title: "Nothing is held" };
  const label = approvalLabel(approval);
  const { rest, paginate, at } = github;
  const events = await paginate(rest.issues.listEvents, { ...at, issue_number: pull.number, per_page: 100 });
  // The last word on the label counts; removing it closes the gate again.
  const last = events
    .filter(({ event }) => event === "labeled" || event === "unlabeled")
    .filter((event) => "label" in event && event.label?.name === label)
    .filter(({ created_at }) => pull.until === undefined || !(created_at > pull.until))
    .at(-1);
  if (last?.event !== "labeled") return { open: false, title: `Held: wants the label ${label} of a code owner` };
  const by = last.actor?.login ?? "";
  if (by.toLowerCase() === pull.author.toLowerCase()) {
    return { open: false, title: `Held: ${by} is the author, another code owner has to give ${label}` };
  }
  if (!(await isCodeOwner(github, by, pull.base))) {
    return { open: false, title: `Held: ${by} is no code owner, one has to give ${label}` };
  }
  return { open: true, title: `Let pass by ${by}`, by };
}
