import * as z from "zod";
import { prefixes } from "../common/layout";

/** What the batch takes: uploads that wait, and what goes through again (item.ts). */
const taken = [prefixes.pending, prefixes.originals, prefixes.features, prefixes.refused];
const expected = `a key below ${taken.slice(0, -1).join(", ")} or ${taken.at(-1)}`;

const itemSchema = z
  .object({
    Key: z.string().refine((key) => taken.some((prefix) => key.startsWith(prefix)), { error: expected }),
    // The Distributed Map writes Etag, S3 itself ETag.
    Etag: z.string().optional(),
    ETag: z.string().optional(),
    Size: z.number(),
    // Seconds since 1970 from the Distributed Map, an ISO instant elsewhere.
    LastModified: z.union([z.number(), z.iso.datetime({ offset: true })]),
  })
  .transform((listed, context) => {
    const { Key, Etag, ETag, Size, LastModified } = listed;
    const etag = Etag ?? ETag;
    if (etag === undefined) {
      context.addIssue({ code: "custom", path: ["ETag"], message: "an ETag" });
      return z.NEVER;
    }
    const lastModified = new Date(typeof LastModified === "number" ? LastModified * 1000 : LastModified);
    return { key: Key, etag, sizeBytes: Size, lastModified, listed };
  });

/** One listed object; `listed` is its form in the event, so that it can be handed over once more. */
export type ListedItem = z.infer<typeof itemSchema>;

/** The call does not come from the batch's state machine, or from a command that gives it images. */
export class BadBatchEvent extends Error {
  override readonly name = "BadBatchEvent";
}

/**
 * Reads either form of the Distributed Map's input: items in a batch (ItemBatcher) or one item alone. "Folders", which
 * some S3 tools create, are left out.
 * @throws BadBatchEvent naming all faults.
 */
export function listedItems(event: unknown): readonly ListedItem[] {
  const items = hasItems(event) ? event.Items : [event];
  const result = z.array(itemSchema).safeParse(items);
  if (result.success) return result.data.filter(({ key }) => !key.endsWith("/"));
  const faults = result.error.issues.map(({ path, message }) => `${["Items", ...path].join(".")}: ${message}`);
  throw new BadBatchEvent(`Expected listed objects, but got: ${faults.join("; ")}`);
}

function hasItems(event: unknown): event is { readonly Items: unknown } {
  return typeof event === "object" && event !== null && "Items" in event;
}
