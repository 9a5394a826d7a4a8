const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  // A name or number in somebody's text must neither call people nor link to other pull requests.
  "@": "&#64;",
  "#": "&#35;",
};

/** Text that GitHub shows as it is: no mark-up, no mention, no link to an issue. */
export const plain = (text: string): string =>
  text
    .replace(/[&<>@#]/g, (character) => entities[character] ?? character)
    .replace(/[\\`*_[\]~|]/g, "\\$&")
    .replace(/\s*\n\s*/g, " ");

/** Text in code style within a line; any number of backticks may be in it. */
export function code(text: string): string {
  const line = text.replace(/\s*\n\s*/g, " ");
  const ticks = "`".repeat(longestRun(line, "`") + 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  // A bar ends a table's cell, in code style too.
  return `${ticks}${space}${line.replaceAll("|", "\\|")}${space}${ticks}`;
}

/** Fences for lines of code: longer than any run of backticks within. */
export const fenceFor = (lines: readonly string[]): string =>
  "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line, "`") + 1)));

/** Lines between fences that none of them can end. */
export function fenced(lines: readonly string[]): string[] {
  const fence = fenceFor(lines);
  return [fence, ...lines, fence];
}

const longestRun = (text: string, character: string): number => {
  let longest = 0;
  let run = 0;
  for (const each of text) {
    run = each === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
};
