import { appendFileSync } from "node:fs";
import type { Github } from "../github/client";
import { runUrl } from "../github/run-url";
import type { ApplyRecord } from "../record/apply-record";
import { messageOf, UserError } from "../user-error";
import { type OpenDeployment, openDeployment } from "./deployment";
import { closeFollowUp, keepFollowUp } from "./follow-up";
import { originOf } from "./follow-up-text";
import type { MergedPull } from "./merged-pull";
import { outcomeWords, recordLines } from "./record-lines";
import { tellStatus } from "./status-comment";

type Note = (message: string) => void;

/** An apply that fails must be told even if GitHub has lost one of the ways to tell it. */
async function attempt<T>(what: string, note: Note, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    note(`${what}: ${messageOf(error)}`);
    return undefined;
  }
}

/** Begins a deployment on GitHub where there is something to apply. */
export async function beginTelling(
  github: Github,
  {
    nothing,
    note,
    pull,
    ...deployment
  }: { commit: string; environment: string; pull: MergedPull | undefined; nothing: boolean; note: Note },
): Promise<OpenDeployment | undefined> {
  if (nothing) return undefined;
  const description = pull === undefined ? "Commit without a pull request" : `Merge of #${pull.number}`;
  return attempt("The deployment could not be begun", note, () =>
    openDeployment(github, { ...deployment, description }),
  );
}

/** Tells on GitHub what became of an apply. */
export async function tellEnd(
  github: Github,
  deployment: OpenDeployment | undefined,
  { record, pull, touched, note }: { record: ApplyRecord; pull: MergedPull | undefined; touched: boolean; note: Note },
): Promise<void> {
  const { environment, outcome, stacks } = record;
  const good = outcome === "applied" || outcome === "nothing";
  const words = outcomeWords[outcome];
  const { actor, stepSummary } = github.context;
  const url = runUrl(github.context);
  const lines = recordLines(record);

  await attempt("The deployment could not be ended", note, async () =>
    deployment?.end(good ? "success" : "failure", `${originOf(record)}: ${words.replaceAll("*", "")}`),
  );
  const followUp = await attempt("The follow-up pull request could not be kept", note, async () => {
    if (good) {
      const closed = await closeFollowUp(github, record);
      if (closed !== undefined) note(`#${closed} is closed: nothing is left to follow up.`);
      return undefined;
    }
    // Where no stack is known nothing can be planned anew: then the run is started again.
    if (stacks.length === 0) return undefined;
    const assignee = pull?.author ?? pull?.mergedBy ?? (actor?.endsWith("[bot]") ? undefined : actor);
    const kept = await keepFollowUp(github, { record, touched, runUrl: url }, { assignee, note });
    note(`#${kept.number} is ${kept.outcome}: it shows what is left to apply.`);
    return kept.number;
  });
  if (pull !== undefined) {
    const link = url === undefined ? "" : ` ([run](${url}))`;
    const next = followUp === undefined ? "" : `; #${followUp} shows what is left`;
    // Where nothing is to be told, a comment that somebody has deleted stays away.
    const make = outcome !== "nothing";
    await attempt("The pull request's comment could not be edited", note, () =>
      tellStatus(github, pull.number, { environment, words: `${words}${link}${next}`, lines }, { make }),
    );
  }
  if (stepSummary !== undefined) {
    appendFileSync(stepSummary, [`### ${environment}: ${words}`, "", ...lines, "", ""].join("\n"));
  }
}
