import { relative } from "node:path";

/** Lines of a stack trace that an engineer can do something about: paths within the repository, without Node's and packages'. */
export function ownLines(stack: readonly string[], root: string): string[] {
  return stack
    .filter((line) => line.includes(root) && !/node_modules|local\/processing\/|checked-process/.test(line))
    .map((line) =>
      line.trim().replace(/(\/[^():]+)(:\d+:\d+)/, (_, path: string, at: string) => relative(root, path) + at),
    )
    .slice(0, 8);
}
