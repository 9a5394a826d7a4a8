import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { type Fault, faultText } from "../../environments/faults/fault";
import type { Github } from "../github/client";
import { runUrl } from "../github/run-url";
import { stickyComment } from "../github/sticky-comment";
import { redactor } from "../redact/redact-text";
import { counted } from "../settings-diff/words/words";
import { UserError } from "../user-error";
import { isSuperseded } from "./is-superseded";
import { fenced } from "./markdown";
import { planMarker, withStatusBlock } from "./status-block";

/** More nobody reads, and a comment has its limit. */
const mostFaults = 30;
/** A job's file can hold anything, and a comment must not fail for it. */
const maxFaultCharacters = 1_500;

const fault = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  path: z.string(),
  expected: z.string(),
  came: z.string(),
  toDo: z.string(),
});

/**
 * The faults of settings that `npm run environments -- --faults` has kept; none where it kept no file, for then something else failed.
 * @throws UserError when the file is none of it
 */
export function readFaults(file: string): readonly Fault[] {
  if (!existsSync(file)) return [];
  try {
    return z.object({ faults: z.array(fault) }).parse(JSON.parse(readFileSync(file, "utf8"))).faults;
  } catch {
    throw new UserError(
      `${file}: expected faults of settings as \`environments --faults\` writes them, but got something else.`,
    );
  }
}

/** Says in the one comment of a pull request why nothing of its newest commit was planned, in place of the plan of an older one. */
export async function commentNotPlanned(
  github: Github,
  pullRequest: number,
  head: string,
  faults: readonly Fault[],
): Promise<{ readonly outcome: "made" | "edited" | "same" | "superseded"; readonly text: string }> {
  const { rest, at } = github;
  const { data: pull } = await rest.pulls.get({ ...at, pull_number: pullRequest });
  if (isSuperseded(pull, head)) return { outcome: "superseded", text: "" };
  const text = notPlannedText(faults, head, runUrl(github.context));
  const outcome = await stickyComment(github, { issue: pullRequest, marker: planMarker, body: withStatusBlock(text) });
  return { outcome, text };
}

/** The comment's text; also what a dry run shows. */
export function notPlannedText(faults: readonly Fault[], head: string, url: string | undefined): string {
  const log = url === undefined ? "The log of its run" : `[The log of its run](${url})`;
  const foot = ["", `Looked at ${head.slice(0, 12)}. The next push is planned anew.`, ""];
  if (faults.length === 0)
    return ["## Nothing could be planned: the stacks can't be synthesized.", "", `${log} says why.`, ...foot].join(
      "\n",
    );
  const redact = redactor(process.env);
  const lines = faults.slice(0, mostFaults).map((each) =>
    redact(faultText(each))
      .slice(0, maxFaultCharacters)
      .replace(/\s*\n\s*/g, " "),
  );
  const more = faults.length - lines.length;
  return [
    `## Nothing could be planned: ${counted(faults.length, "fault")} in the settings.`,
    ...["", ...fenced(lines)],
    ...(more > 0 ? ["", `${log} names ${counted(more, "fault")} more.`] : []),
    ...foot,
  ].join("\n");
}
