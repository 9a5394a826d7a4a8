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
