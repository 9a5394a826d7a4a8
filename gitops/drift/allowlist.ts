import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { messageOf, UserError } from "../user-error";
import { fits } from "../wildcard";

/** Where the list is kept. */
export const allowlistFile = "drift-allowed.yaml";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day in quotes, for example "2027-01-31"');

const entrySchema = z.strictObject({
  environment: z.string().min(1),
  /** Address of a resource; `*` stands for any characters. */
  address: z.string().min(1),
  /** Path of an attribute, likewise. Left out: the whole resource. */
  attribute: z.string().min(1).optional(),
  reason: z.string().min(1),
  /** Last day on which it counts. */
  until: day,
});

/** Something that may differ from what main says, until a day. */
export type Allowed = z.infer<typeof entrySchema>;

/**
 * The list of what may differ; empty when there is no file.
 * @throws UserError naming every fault
 */
export function readAllowlist(root: string): Allowed[] {
  const file = join(root, allowlistFile);
  if (!existsSync(file)) return [];
  try {
    return z.array(entrySchema).parse(parse(readFileSync(file, "utf8")) ?? []);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(
      `Expected in ${allowlistFile} a list of environment, address, attribute, reason and until, but:\n${why}`,
    );
  }
}

/** Entries of an environment that count on a day. */
export const inForce = (entries: readonly Allowed[], environment: string, today: string): Allowed[] =>
  entries.filter((entry) => entry.environment === environment && entry.until >= today);

/** Whether an entry covers an attribute of a resource; without an attribute, the resource as a whole. */
export function covers(entry: Allowed, address: string, attribute: string | undefined): boolean {
  if (!fits(entry.address, address)) return false;
  if (entry.attribute === undefined) return true;
  return attribute !== undefined && fits(entry.attribute, attribute);
}
