import { redactor } from "../redact/redact-text";
import type { Github } from "./client";

/** GitHub's limit for a check's summary is 65,535 characters. */
const maxSummary = 60_000;

export interface Check {
  readonly name: string;
  readonly head: string;
  readonly passed: boolean;
  /** One line. */
  readonly title: string;
  readonly summary: string;
  /** For the commands that read the check again. */
  readonly externalId?: string;
}

/** A check as it was last set. */
export interface SetCheck {
  readonly id: number;
  readonly passed: boolean;
  readonly title: string;
  readonly summary: string;
  readonly externalId: string;
}

/** Sets a check of a commit: the one of that name is changed, or made when there is none. */
export async function setCheck(github: Github, check: Check): Promise<void> {
  const { rest, at } = github;
  const { name, head, passed, title, summary, externalId } = check;
  const redact = redactor(process.env);
  const values = {
    ...at,
    status: "completed" as const,
    conclusion: passed ? ("success" as const) : ("failure" as const),
    output: { title: redact(title), summary: redact(summary).slice(0, maxSummary) },
    ...(externalId !== undefined && { external_id: externalId }),
  };
  const existing = await checkOf(github, head, name);
  if (existing) await rest.checks.update({ ...values, check_run_id: existing.id });
  else await rest.checks.create({ ...values, name, head_sha: head });
}

/** The check of that name that this app has set last. */
export async function checkOf({ rest, at }: Github, head: string, name: string): Promise<SetCheck | undefined> {
  const { data } = await rest.checks.listForRef({
    ...at,
    ref: head,
    check_name: name,
    filter: "latest",
    per_page: 100,
  });
  const [found] = data.check_runs
    .filter((run) => run.name === name && run.app?.slug === "github-actions")
    .sort((one, other) => other.id - one.id);
  return (
    found && {
      id: found.id,
      passed: found.conclusion === "success",
      title: found.output.title ?? "",
      summary: found.output.summary ?? "",
      externalId: found.external_id ?? "",
    }
  );
}
