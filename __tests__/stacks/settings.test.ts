import { loadEnvironments } from "../../environments/load";
import type { Environment } from "../../environments/schema";
import { batchOf } from "./settings/batches";
import { environmentRows } from "./settings/environment-rows";
import { identityRows } from "./settings/identity-rows";
import { peopleRows } from "./settings/people-rows";
import { processingRows } from "./settings/processing-rows";
import { queryRows } from "./settings/query-rows";
import { streamingRows } from "./settings/streaming-rows";

const rows = [...environmentRows, ...streamingRows, ...processingRows, ...peopleRows, ...queryRows, ...identityRows];

/** In force on GitHub, by `npm run repository` (__tests__/gitops/repository). */
const onGithub = ["github.approvers", "github.approvers[]"];

function leaves(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, `${path}[]`));
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
  }
  return [path];
}

describe("each setting", () => {
  it.each(rows.map((row) => [row.setting, row.layer, row, batchOf(row)] as const))(
    "%s takes effect in the %s stack",
    (_, layer, row, batch) => {
      expect(row.look(batch.stack(layer))).toEqual(row.expected);
    },
  );

  it("of the four files has a row in the table above", () => {
    const written = loadEnvironments().flatMap(({ name: _, ...settings }: Environment) => leaves(settings, ""));
    const covered = new Set([...rows.map(({ setting }) => setting), ...onGithub]);
    expect([...new Set(written)].filter((path) => !covered.has(path))).toEqual([]);
  });
});
