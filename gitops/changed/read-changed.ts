import { readFileSync } from "node:fs";
import { z } from "zod";
import { messageOf, UserError } from "../user-error";
import type { Changed } from "./changed";

const changedSchema = z.object({
  base: z.string(),
  allBecause: z.string().optional(),
  stacks: z.array(
    z.object({ environment: z.string(), stack: z.string(), because: z.enum(["configuration", "upstream", "all"]) }),
  ),
  removed: z
    .array(
      z.object({
        environment: z.string(),
        stack: z.string(),
        from: z.string().optional(),
        state: z.object({ bucket: z.string(), key: z.string(), region: z.string() }).optional(),
      }),
    )
    .optional(),
});

/**
 * Reads what `npm run changed -- --json` wrote.
 * @throws UserError when the file is something else
 */
export function readChanged(file: string): Changed {
  try {
    const { allBecause, removed, ...changed } = changedSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return {
      ...changed,
      ...(allBecause !== undefined && { allBecause }),
      ...(removed && {
        removed: removed.map(({ state, from, ...stack }) => ({
          ...stack,
          ...(from && { from }),
          ...(state && { state }),
        })),
      }),
    };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Expected what npm run changed -- --json writes in ${file}, but ${why}.`);
  }
}
