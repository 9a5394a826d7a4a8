import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hiveColumns } from "../../modules/hive-columns";

const markdown = readFileSync(join(__dirname, "../../docs/features.md"), "utf8");

/** Splits at the commas that are within no brackets. */
function columnsOf(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    if (letter === "<") depth++;
    if (letter === ">") depth--;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

it("the table has the columns of docs/features.md, which real records are held against, in their order", () => {
  const [, statement = ""] = /```sql\nCREATE EXTERNAL TABLE features \((.*?)\n\)\nPARTITIONED/s.exec(markdown) ?? [];
  const documented = columnsOf(statement.replaceAll(/\s+/g, " ")).map((column) => column.replaceAll(", ", ","));
  expect(hiveColumns.map(({ name, type }) => `${name} ${type}`)).toEqual(documented);
  expect(documented).toHaveLength(10);
});

it("queries in docs and notebooks ask for columns that there are", () => {
  const texts = ["docs/features.md", "docs/analysts.md", "notebooks/04-report.ipynb"].map((path) =>
    readFileSync(join(__dirname, "../..", path), "utf8"),
  );
  const queries = texts.flatMap((text) => text.match(/^"?\s*"?SELECT [\s\S]*?(?=;|"""|\\n",\n *"\\"\\"\\")/gm) ?? []);
  expect(queries.length).toBeGreaterThanOrEqual(6);
  const known = new Set(hiveColumns.flatMap(({ name, type }) => [name, ...(type.match(/\w+(?=:)/g) ?? [])]));
  const asked = queries.flatMap((query) => query.match(/(?<=\b(?:features|original|output)\.)\w+/g) ?? []);
  expect(asked.length).toBeGreaterThanOrEqual(10);
  expect(asked.filter((column) => !known.has(column.toLowerCase()))).toEqual([]);
});
