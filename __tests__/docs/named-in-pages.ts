import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** What a page may name: everything that is there. */
export interface Tree {
  /** Absolute path of the repository. */
  readonly root: string;
  /** Its files, relative to `root`. */
  readonly files: readonly string[];
  /** Names of npm's scripts. */
  readonly scripts: ReadonlySet<string>;
}

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- _]/gu, "")
    .trim()
    .replaceAll(" ", "-");

const withoutCode = (text: string): string => text.replace(/^```.*?^```/gms, "");

function anchorsOf(file: string): string[] {
  const headings = withoutCode(readFileSync(file, "utf8")).matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) => anchorOf(heading));
}

function linkFaults(page: string, line: string, { root }: Tree): string[] {
  const links = [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links
    .filter((link) => !/^https?:/.test(link))
    .flatMap((link) => {
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return [`the link ${link} leads nowhere`];
      if (anchor === undefined || anchorsOf(join(root, file)).includes(anchor)) return [];
      return [`the link ${link} leads to no heading`];
    });
}

/** What commands make only when it is needed. */
const madeLater = new Set([".github/follow-ups"]);

/** Paths of this repository, also without an ending, and the last parts of one beside a path that was named whole. */
function pathFaults(page: string, line: string, { root, files }: Tree): string[] {
  const tops = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));
  const named = [...line.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)*\/?)`/g)].map(([, path = ""]) => path.replace(/\/$/, ""));
  const isPath = (path: string) => (path.includes("/") && tops.has(path.split("/")[0])) || /\.(m?ts|ya?ml)$/.test(path);
  const isThere = (path: string) =>
    [path, `${path}.ts`, `${path}.test.ts`, normalize(join(dirname(page), path))].some((one) =>
      existsSync(join(root, one)),
    ) ||
    files.some(
      (file) => [`/${path}`, `/${path}.test.ts`].some((end) => file.endsWith(end)) || file.includes(`/${path}/`),
    );
  return named
    .filter((path) => isPath(path) && !madeLater.has(path) && !isThere(path))
    .map((path) => `there is no ${path}`);
}

const scriptFaults = (line: string, { scripts }: Tree): string[] =>
  [...line.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*[a-z])/g)]
    .filter(([, name = ""]) => !scripts.has(name))
    .map(([, name]) => `there is no npm run ${name}`);

/** What a page names and is not there, a line each. @param page - relative to the root */
export function missingOf(page: string, tree: Tree): string[] {
  return readFileSync(join(tree.root, page), "utf8")
    .split("\n")
    .flatMap((line, index) =>
      [...linkFaults(page, line, tree), ...pathFaults(page, line, tree), ...scriptFaults(line, tree)].map(
        (fault) => `${page}:${index + 1}: ${fault}`,
      ),
    );
}
