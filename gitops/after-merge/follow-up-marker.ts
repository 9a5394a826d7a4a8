import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { messageOf, UserError } from "../user-error";

const run = promisify(execFile);

/** Files by which a follow-up pull request says what has to be planned although no configuration changes. */
export const markerFolder = ".github/follow-ups";

const markerSchema = z.strictObject({
  /** Null where the commit came without one. */
  pullRequest: z.int().min(1).nullable(),
  merge: z.string().regex(/^[0-9a-f]{40}$/),
  environment: z.string(),
  /** What was not applied. */
  stacks: z.array(z.string()).min(1),
  /** Those of them that are to be destroyed, each with a commit that has it. */
  removedFrom: z.record(z.string(), z.string().regex(/^[0-9a-f]{40}$/)).optional(),
  /** The run that failed: each one makes another file, or there would be nothing to merge the second time. */
  run: z.string(),
});

/** See {@link markerFolder}. */
export type FollowUpMarker = z.infer<typeof markerSchema>;

/** Text of a marker's file. */
export const markerText = (marker: FollowUpMarker): string => `${JSON.stringify(marker, null, 2)}\n`;

/** What has to be planned because of follow-ups. */
export interface FollowUpStacks {
  /** Names, sorted. */
  readonly stacks: readonly string[];
  /** Those of them that are to be destroyed. */
  readonly removed: readonly { readonly environment: string; readonly stack: string; readonly from: string }[];
}

/**
 * Stacks that have to be planned because a follow-up's marker came or changed since a commit.
 * @param repository - a checkout that has the commit
 * @throws UserError when git does not know the commit, or a marker is none
 */
export async function followUpStacks(base: string, repository: string): Promise<FollowUpStacks> {
  const git = run("git", ["diff", "--name-only", "--no-renames", base, "--", markerFolder], { cwd: repository });
  const { stdout } = await git.catch((error: unknown) => {
    throw new UserError(`git can't compare ${base} with this tree: ${messageOf(error)}`);
  });
  const files = stdout.split("\n").filter((file) => file.endsWith(".json") && existsSync(join(repository, file)));
  const markers = files.map((file) => readMarker(join(repository, file)));
  const removed = markers.flatMap(({ environment, removedFrom = {} }) =>
    Object.entries(removedFrom).map(([stack, from]) => ({ environment, stack, from })),
  );
  return { stacks: [...new Set(markers.flatMap(({ stacks }) => stacks))].sort(), removed };
}

function readMarker(file: string): FollowUpMarker {
  try {
    return markerSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Expected the marker of a follow-up in ${file}, but ${why}.`);
  }
}
