import { type LeafChange, pathOf } from "../leaf-changes";
import { counted, type Words } from "./words";

/** What queries of analysts look at, may read and leave behind. */
export function queriesWords({ path, before, after }: LeafChange, environment: string): Words[] | undefined {
  const setting = pathOf(path);
  if (setting === "analytics.queries.firstDay" && typeof before === "string" && typeof after === "string") {
    const seen = after > before ? `Records of days before ${after} are no longer seen; they stay.` : "";
    return [{ words: `Queries in ${environment} look from ${after} on instead of ${before}. ${seen}`.trim() }];
  }
  if (typeof before !== "number" || typeof after !== "number") return undefined;
  if (setting === "analytics.queries.maxScanGigabytes") {
    const was = before.toLocaleString("en-US");
    return [
      {
        words: `One query in ${environment} may read ${counted(after, "gigabyte")} instead of ${was}: Athena bills what is read.`,
        ...(after > before && { gate: "rights-widened" as const }),
      },
    ];
  }
  if (setting === "analytics.queries.resultDays") {
    const days = counted(after, "day");
    const change = `${environment} keeps results of queries ${days} instead of ${before.toLocaleString("en-US")}.`;
    if (after > before) return [{ words: `${change} What is there now is kept longer too.` }];
    const gone = `Results written more than ${days} ago are deleted at the next midnight UTC after this is applied, for good.`;
    return [{ words: `${change} ${gone}`, gate: "retention-shortened" }];
  }
  return undefined;
}
