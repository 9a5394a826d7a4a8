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
});

/**
 * Reads what `npm run changed -- --json` wrote.
 * @throws UserError when the file is something else
 */
export function readChanged(file: string): Changed {
  try {
    const { allBecause, ...changed } = changedSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return allBecause === undefined ? changed : { ...changed, allBecause };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Expected what npm run changed -- --json writes in ${file}, but ${why}.`);
  }
}
