import type { Github } from "./client";

/**
 * Writes the one comment of a kind in an issue or pull request: the first that a bot has made and that begins with the marker is
 * edited, and one is made when there is none.
 * @param marker - an HTML comment, `<!-- darkroom:plan -->`; people's comments that quote it do not count
 */
export async function stickyComment(
  { rest, paginate, at }: Github,
  { issue, marker, body }: { readonly issue: number; readonly marker: string; readonly body: string },
): Promise<"made" | "edited" | "same"> {
  const all = await paginate(rest.issues.listComments, { ...at, issue_number: issue, per_page: 100 });
  const found = all.find((comment) => comment.user?.type === "Bot" && comment.body?.startsWith(marker));
  const text = `${marker}\n${body}`;
  if (!found) {
    await rest.issues.createComment({ ...at, issue_number: issue, body: text });
    return "made";
  }
  if (found.body === text) return "same";
  await rest.issues.updateComment({ ...at, comment_id: found.id, body: text });
  return "edited";
}
