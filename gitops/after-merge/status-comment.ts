import { planMarker, replaceStatus, statusOf, withStatusBlock } from "../comment/status-block";
import type { Github } from "../github/client";

/** The status stands above a review of up to 60,000 characters, and GitHub takes 65,536. */
const maxStatusCharacters = 5_000;

/** What the comment says about one environment. */
export interface EnvironmentStatus {
  readonly environment: string;
  /** Mark-up in one line; the lines below it are a list. */
  readonly words: string;
  readonly lines: readonly string[];
}

/**
 * Says in the status of a pull request's comment what became of its plan in an environment; what it says of others stays.
 * @param options.make - whether a comment is made where there is none, for example because somebody has deleted it
 */
export async function tellStatus(
  { rest, paginate, at }: Github,
  pullRequest: number,
  status: EnvironmentStatus,
  options: { readonly make: boolean },
): Promise<"made" | "edited" | "same" | "none"> {
  const all = await paginate(rest.issues.listComments, { ...at, issue_number: pullRequest, per_page: 100 });
  const found = all.find(({ user, body }) => user?.type === "Bot" && body?.startsWith(planMarker));
  const text = found?.body ?? `${planMarker}\n`;
  const wanted = mergeStatus(statusOf(text) ?? "", status);
  const body =
    replaceStatus(text, wanted) ??
    `${planMarker}\n${withStatusBlock(text.slice(planMarker.length).trimStart(), wanted)}`;
  if (found && body === found.body) return "same";
  if (found) {
    await rest.issues.updateComment({ ...at, comment_id: found.id, body });
    return "edited";
  }
  if (!options.make) return "none";
  await rest.issues.createComment({ ...at, issue_number: pullRequest, body });
  return "made";
}

const entryOf = /^- \*\*([\w-]+)\*\*: /;

/** The status with what is said of one environment put in place of what was said of it before. */
export function mergeStatus(before: string, { environment, words, lines }: EnvironmentStatus): string {
  const entries = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of before.split("\n")) {
    const name = entryOf.exec(line)?.[1];
    if (name !== undefined) {
      current = [];
      entries.set(name, current);
    }
    if (line !== "") current?.push(line);
  }
  entries.set(environment, [`- **${environment}**: ${words}`, ...lines.map((line) => `  ${line}`)]);
  const kept: string[] = [];
  let size = 0;
  for (const line of [...entries.values()].flat()) {
    size += line.length + 1;
    if (size > maxStatusCharacters) break;
    kept.push(line);
  }
  return kept.join("\n");
}
