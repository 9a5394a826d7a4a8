const begin = "<!-- darkroom:status -->";
const end = "<!-- /darkroom:status -->";

/** Marks the one comment about a pull request's plan. */
export const planMarker = "<!-- darkroom:plan -->";

/** Text below the marker: what became of the plan, then the plan. */
export const withStatusBlock = (text: string, status = ""): string => `${begin}\n${status}\n${end}\n\n${text}`;

/** The comment's text with another status; undefined when somebody has edited the block away. */
export function replaceStatus(text: string, status: string): string | undefined {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  return from < 0 || to < from ? undefined : `${text.slice(0, from + begin.length)}\n${status}\n${text.slice(to)}`;
}

/** The status that a comment's text holds; undefined as in {@link replaceStatus}. */
export function statusOf(text: string): string | undefined {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  return from < 0 || to < from ? undefined : text.slice(from + begin.length, to).trim();
}
