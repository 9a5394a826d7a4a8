import { readFileSync } from "node:fs";
import { z } from "zod";
import type { StackPlan } from "../plan-stack";
import type { SettingChange } from "../settings-diff/setting-change";
import { messageOf, UserError } from "../user-error";
import { runSchema } from "./manifest";
import type { LeftBehind } from "./removed-stack";

/** Why a stack was planned: its configuration differs, a stack it depends on changes, it is to be destroyed, or it was not known. */
export type PlannedBecause = "configuration" | "upstream" | "removed" | "all";

/** One stack of a pull request. */
export interface ReviewedStack {
  readonly because: PlannedBecause;
  /** Without secrets: as redact/ leaves it. */
  readonly plan: Omit<StackPlan, "files" | "binding">;
}

/** What planning one environment for a pull request has found; a file that travels from job to job. */
export interface ReviewResult {
  readonly version: 1;
  readonly environment: string;
  readonly pullRequest: number;
  /** Commits of the pull request and of the branch it goes to, and the git tree of their merge. */
  readonly head: string;
  readonly base: string;
  readonly mergeTree: string;
  readonly run: z.infer<typeof runSchema>;
  readonly settings: readonly SettingChange[];
  readonly stacks: readonly ReviewedStack[];
  /** Stacks whose synthesized configuration is that of the base. */
  readonly unchanged: readonly string[];
  /** Removed stacks that no merge destroys, while AWS has their resources: the pull request can't be merged like that. @default none */
  readonly leftBehind?: readonly LeftBehind[];
  /** Why all stacks were planned although only some may have changed. */
  readonly plannedAllBecause?: string;
  /** Set instead of everything else when nothing could be planned at all. */
  readonly error?: string;
}

const outline = z.looseObject({
  version: z.literal(1),
  environment: z.string(),
  pullRequest: z.int().min(1),
  head: z.string(),
  settings: z.array(z.looseObject({ words: z.string() })),
  stacks: z.array(z.looseObject({ plan: z.looseObject({ stack: z.string(), outcome: z.string() }) })),
  run: runSchema,
});

/**
 * Reads a result that another job wrote.
 * @throws UserError when the file is not one.
 */
export function readReviewResult(file: string): ReviewResult {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    outline.parse(value);
    return value as ReviewResult;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Expected the result of a plan in ${file}, but ${why}.`);
  }
}
