/**
 * Whether a rule of CODEOWNERS is for a file. Patterns are those of gitignore, with GitHub's own word on a star at the end: it takes in
 * the files of that folder, and not what lies deeper (GitHub Docs, "About code owners").
 * @param path - from the repository's top, for example `environments/prod.yaml`
 */
export function ownedBy(pattern: string, path: string): boolean {
  const steps = pattern.replace(/^\/|\/$/g, "");
  // A slash in front or within ties a pattern to the top; without one it fits in every folder.
  const anchored = pattern.startsWith("/") || steps.includes("/");
  const end = pattern.endsWith("/") ? "/.+" : steps.endsWith("/*") ? "" : "(/.+)?";
  return new RegExp(`^${anchored ? "" : "(.+/)?"}${stepsOf(steps)}${end}$`).test(path);
}

const stepsOf = (steps: string): string =>
  steps.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (found) => meanings[found] ?? `\\${found}`);

const meanings: Readonly<Record<string, string>> = { "**/": "(.+/)?", "**": ".+", "*": "[^/]*", "?": "[^/]" };
