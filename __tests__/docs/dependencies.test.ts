import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";

const root = repositoryFolder();
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const { dependencies, devDependencies, jest: testing } = JSON.parse(read("package.json"));
const packages = Object.keys({ ...dependencies, ...devDependencies });
const page = read("docs/dependencies.md");

/** What the rows of the page's tables are about. */
const named = [...page.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = ""]) =>
  cell.split(", ").map((name) => name.replaceAll("`", "")),
);
const fits = (name: string, row: string) => (row.endsWith("*") ? name.startsWith(row.slice(0, -1)) : name === row);

/** What is asked for by name; behind it stands what these bring along. */
const python = readdirSync(join(root, "local"))
  .filter((file) => /^requirements.*\.txt$/.test(file))
  .flatMap(
    (file) =>
      read(`local/${file}`)
        .split(/^# (?:Everything|What parliament)/m)[0]
        ?.split("\n") ?? [],
  )
  .flatMap((line) => /^[\w.-]+/.exec(line)?.[0] ?? []);

it("every package of npm and of Python has its line", () => {
  expect(python).toContain("checkov");
  expect([...packages, ...python].filter((name) => !named.some((row) => fits(name, row)))).toEqual([]);
});

it("every line is about a package that is there", () => {
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((row) => ![...packages, ...python].some((name) => fits(name, row)))).toEqual([]);
});

it("every package of npm is used", () => {
  const tracked = execFileSync(
    "git",
    ["ls-files", "-z", "--", "*.ts", "*.mjs", "*.cjs", "package.json", "tsconfig.json"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const files = tracked.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
  const code = files
    .filter((file) => file !== "package.json" && !/^__tests__\/(docs|lint)\//.test(file))
    .map(read)
    .join("\n");
  const asked = `${code}\n${JSON.stringify(testing)}\n${read("package.json").split('"dependencies"')[0]}`;
  // Types are used by the compiler, @swc/core by @swc/jest, Biome and the compiler by scripts under other names.
  const elsewhere = /^@types\/|^@swc\/core$|^@biomejs\/biome$|^typescript$/;
  const isUsed = (name: string) => new RegExp(`["'\`/ ]${name.replaceAll(/[/.]/g, "\\$&")}["'\`/ ]`).test(asked);
  expect(packages.filter((name) => !elsewhere.test(name) && !isUsed(name))).toEqual([]);
  expect(isUsed("left-pad-of-nobody")).toBe(false);
});
