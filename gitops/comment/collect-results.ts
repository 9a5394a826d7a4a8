import { existsSync } from "node:fs";
import { type ReviewResult, readReviewResult } from "../review/result";
import { UserError } from "../user-error";

/** The commit of a pull request that results have to be of. */
export interface ReviewedHead {
  readonly pullRequest: number;
  readonly head: string;
}

/**
 * The results of all environments. A job that failed before it could write one left none; its environment counts as not planned.
 * @param files - a pattern of the shell that fitted no file comes as it was written
 * @param environments - those that have to be planned
 * @throws UserError when a file is no result, or one of another pull request or commit
 */
export function collectResults(
  files: readonly string[],
  environments: readonly string[],
  reviewed: ReviewedHead,
): ReviewResult[] {
  const results = files.filter((file) => existsSync(file) || !file.includes("*")).map(readReviewResult);
  const strange = results.filter(
    ({ pullRequest, head }) => pullRequest !== reviewed.pullRequest || head !== reviewed.head,
  );
  if (strange.length > 0) {
    const told = strange.map(
      ({ environment, pullRequest, head }) => `${environment}: #${pullRequest} ${head.slice(0, 12)}`,
    );
    throw new UserError(
      `Expected results of #${reviewed.pullRequest} at ${reviewed.head.slice(0, 12)}, but got ${told.join(", ")}.`,
    );
  }
  const known = new Map(results.map((result) => [result.environment, result]));
  const names = [...environments, ...[...known.keys()].filter((name) => !environments.includes(name))];
  return names.map((name) => known.get(name) ?? nothing(name, reviewed));
}

const unknownObject = "0".repeat(40);

const nothing = (environment: string, reviewed: ReviewedHead): ReviewResult => ({
  version: 1,
  environment,
  ...reviewed,
  base: unknownObject,
  mergeTree: unknownObject,
  run: { id: "0", attempt: 1 },
  settings: [],
  stacks: [],
  unchanged: [],
  error: "The job that plans it left no result; its log says why.",
});
