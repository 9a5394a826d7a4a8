import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { starterPaths } from "../../stacks/starter-files";
import { notebooksFolder } from "./studio";

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
  readonly execution_count?: number | null;
}

const notebooks = starterPaths().filter((path) => path.endsWith(".ipynb"));
const cellsOf = (path: string) =>
  (JSON.parse(readFileSync(join(notebooksFolder, path), "utf8")) as { cells: readonly Cell[] }).cells;

it("there are four of them", () => {
  expect(notebooks).toEqual(["01-explore.ipynb", "02-train.ipynb", "03-prebuilt.ipynb", "04-report.ipynb"]);
});

it.each(notebooks)("%s is committed without outputs and run counts", (path) => {
  const used = cellsOf(path).filter(
    ({ cell_type, outputs, execution_count }) =>
      cell_type === "code" && (outputs?.length !== 0 || execution_count !== null),
  );
  expect(used).toEqual([]);
});

it.each(notebooks)("%s begins with what it is for, and explains itself between its cells", (path) => {
  const [first, ...others] = cellsOf(path);
  expect(first?.source[0]).toMatch(/^# [A-Z]/);
  const count = (type: string) => others.filter(({ cell_type }) => cell_type === type).length;
  expect(count("markdown") * 2).toBeGreaterThanOrEqual(count("code"));
});

it("all Python beside them is Python, also what only SageMaker runs", () => {
  const files = starterPaths().filter((path) => path.endsWith(".py"));
  expect(files).toContain("training/train.py");
  const script = "import ast, sys\nfor name in sys.argv[1:]: ast.parse(open(name, encoding='utf8').read(), name)";
  const python = join(repositoryFolder(), ".cache/notebooks/bin/python");
  execFileSync(python, ["-c", script, ...files.map((path) => join(notebooksFolder, path))]);
});

it.each(starterPaths())("%s names no account, bucket or group", (path) => {
  expect(readFileSync(join(notebooksFolder, path), "utf8")).not.toMatch(
    /darkroom-(local|dev|staging|prod)-|\b\d{12}\b/,
  );
});
