import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { testFolder, write } from "../support/folders";
import { missingOf, type Tree } from "./named-in-pages";

const root = repositoryFolder();
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
});
const tree: Tree = { root, files: listed.split("\0"), scripts: new Set(Object.keys(scripts)) };
const folder = testFolder();

// Pages of other projects have other paths; templates are filled in when they are used.
const pages = tree.files.filter((file) => file.endsWith(".md") && file !== "docs/peers.md");

it.each(pages)("%s: links, files and npm's scripts that it names are there", (page) => {
  expect(missingOf(page, tree)).toEqual([]);
});

it("a page that names what is not there is told, with its line", () => {
  write(join(folder, "docs/other.md"), "# A heading: `code` & more\n");
  write(join(folder, "stacks/data-stack.ts"));
  write(
    join(folder, "docs/page.md"),
    [
      "[good](other.md#a-heading-code--more), `stacks/data-stack.ts`, `stacks/data-stack`, `data-stack.ts`, `npm run plan`",
      "[gone](gone.md) and [no heading](other.md#gone)",
      "`stacks/gone.ts`, `gone.ts`, `stacks/gone/`, `images/dt=…`, `text/plain`",
      "npm run gone -- prod",
    ].join("\n"),
  );
  const planted: Tree = {
    root: folder,
    files: ["docs/other.md", "docs/page.md", "stacks/data-stack.ts"],
    scripts: new Set(["plan"]),
  };
  expect(missingOf("docs/page.md", planted)).toEqual([
    "docs/page.md:2: the link gone.md leads nowhere",
    "docs/page.md:2: the link other.md#gone leads to no heading",
    "docs/page.md:3: there is no stacks/gone.ts",
    "docs/page.md:3: there is no gone.ts",
    "docs/page.md:3: there is no stacks/gone",
    "docs/page.md:4: there is no npm run gone",
  ]);
});

it("README names every command of npm's scripts", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const commands = Object.keys(scripts).filter((name) => !/^pre/.test(name) || !(name.slice(3) in scripts));
  const isNamed = (name: string) =>
    new RegExp(`(?:npm run |^npm |\`(?:npm )?)${name}(?![\\w:-])`, "m").test(readme.replace(/\s+--\s+/g, " "));
  expect(commands.filter((name) => !isNamed(name))).toEqual([]);
  expect(isNamed("plann")).toBe(false);
});

it("README leads to every page of docs", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const docs = pages.filter((page) => page.startsWith("docs/"));
  expect(docs.filter((page) => !readme.includes(`](${page}`))).toEqual([]);
});
