import type { LeafChange } from "../leaf-changes";
import { counted, type Words } from "./words";

const kept: Readonly<Record<string, { readonly what: string; readonly from: string; readonly deleted: string }>> = {
  processedDays: {
    what: "processed images and their feature records",
    from: "Images processed",
    deleted: "at the next midnight UTC",
  },
  originalsDays: { what: "originals", from: "Originals of images processed", deleted: "at the next midnight UTC" },
  quarantineDays: {
    what: "refused images and failed records",
    from: "What was set aside",
    deleted: "at the next midnight UTC",
  },
  logDays: { what: "logs", from: "Log lines written", deleted: "within some days" },
};

/**
 * A number of days that shrinks deletes what nobody sees in Terraform's plan, which calls it a change in place.
 * Source: S3 User Guide, "Expiring objects" (existing objects too, at midnight UTC); CloudWatch Logs User Guide,
 * "Change log data retention" (up to 72 hours).
 */
export function retentionWords({ path, before, after }: LeafChange, environment: string): Words[] | undefined {
  const [section, setting = ""] = path;
  const names = section === "retention" ? kept[setting] : undefined;
  if (names === undefined || typeof before !== "number" || typeof after !== "number") return undefined;
  const days = counted(after, "day");
  const words = `${environment} keeps ${names.what} ${days} instead of ${before.toLocaleString("en-US")}.`;
  if (after > before) return [{ words: `${words} What is there now is kept longer too.` }];
  const lost = `${names.from} more than ${days} ago are deleted ${names.deleted} after this is applied, for good.`;
  return [
    {
      words: `${words} ${setting === "quarantineDays" ? lost.replace(" are ", " is ") : lost}`,
      gate: "retention-shortened",
    },
  ];
}
