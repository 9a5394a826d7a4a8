import { unzipSync } from "fflate";
import { z } from "zod";
import { UserError } from "../user-error";

/** Larger than any honest result; what is larger is not unpacked. */
const largestBytes = 2_000_000;
/** More of each is counted, not shown. */
const most = 500;

const name = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const text = z.string().max(2000);

/** `npm run changed -- --json`, as far as it is shown. */
const changedSchema = z.object({ stacks: z.array(z.object({ environment: name, stack: name })).max(most) });
/** `npm run settings-diff -- --json`, as far as it is shown. */
const settingsSchema = z.object({ changes: z.array(z.object({ environment: name, words: text })).max(most) });

/** What the check of a fork's pull request has found. Somebody else's code wrote it: nothing in it is to be trusted. */
export interface ForkResult {
  readonly stacks: z.infer<typeof changedSchema>["stacks"];
  readonly settings: z.infer<typeof settingsSchema>["changes"];
}

/**
 * Reads the artifact of a fork's check.
 * @throws UserError when it is no zip of the two files in their form
 */
export function readForkResult(zip: Uint8Array): ForkResult {
  const wanted = ["changed.json", "settings.json"];
  try {
    const files = unzipSync(zip, {
      filter: ({ name: file, originalSize }) => wanted.includes(file) && originalSize <= largestBytes,
    });
    const json = (file: string): unknown => JSON.parse(Buffer.from(files[file] ?? []).toString());
    const { stacks } = changedSchema.parse(json("changed.json"));
    const { changes } = settingsSchema.parse(json("settings.json"));
    return { stacks, settings: changes };
  } catch {
    throw new UserError(
      `Expected a zip of ${wanted.join(" and ")} as npm run changed and npm run settings-diff write them.`,
    );
  }
}
