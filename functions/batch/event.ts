import { z } from "zod";
import { prefixes } from "../common/layout";

const itemSchema = z
  .object({
    Key: z.string().startsWith(prefixes.pending, { error: `a key below ${prefixes.pending}` }),
    // The Distributed Map writes Etag, S3 itself ETag.
    Etag: z.string().optional(),
    ETag: z.string().optional(),
    Size: z.number(),
    // Seconds since 1970 from the Distributed Map, an ISO instant elsewhere.
    LastModified: z.union([z.number(), z.iso.datetime({ offset: true })]),
  })
  .transform(({ Key, Etag, ETag, Size, LastModified }, context) => {
    const etag = Etag ?? ETag;
    if (etag === undefined) {
      context.addIssue({ code: "custom", path: ["ETag"], message: "an ETag" });
      return z.NEVER;
    }
    const lastModified = new Date(typeof LastModified === "number" ? LastModified * 1000 : LastModified);
    return { key: Key, etag, sizeBytes: Size, lastModified };
  });

/** One object of the pending prefix, as it was listed. */
export type PendingItem = z.infer<typeof itemSchema>;

/** The call does not come from the batch's state machine. */
export class BadBatchEvent extends Error {
  override readonly name = "BadBatchEvent";
}

/**
 * Reads either form of the Distributed Map's input: items in a batch (ItemBatcher) or one item alone. "Folders", which
 * some S3 tools create, are left out.
 * @throws BadBatchEvent naming all faults.
 */
export function pendingItems(event: unknown): readonly PendingItem[] {
  const items = hasItems(event) ? event.Items : [event];
  const result = z.array(itemSchema).safeParse(items);
  if (result.success) return result.data.filter(({ key }) => !key.endsWith("/"));
  const faults = result.error.issues.map(({ path, message }) => `${["Items", ...path].join(".")}: ${message}`);
  throw new BadBatchEvent(`Expected objects listed below ${prefixes.pending}, but got: ${faults.join("; ")}`);
}

function hasItems(event: unknown): event is { readonly Items: unknown } {
  return typeof event === "object" && event !== null && "Items" in event;
}
