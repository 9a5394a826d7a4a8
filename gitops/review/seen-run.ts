import type { SetCheck } from "../github/check-run";
import type { ReviewManifest } from "./manifest";

type Run = ReviewManifest["run"];

/** The check that says of an environment whether its plan is there and current. */
export const planCheckName = (environment: string): string => `plan/${environment}`;

/** What that check keeps: the run whose plan the comment shows and the gate was set for. */
export const seenRun = ({ id, attempt }: Run): string => `run ${id}-${attempt}`;

/**
 * The manifests of the run that people have seen. A run that is started again keeps its plans before its comment is written and its
 * gate is set; a merge in between has to find those that were looked at, and not the newer ones.
 * @param check - of the environment; all manifests count where it names no run: nothing was told yet, or the plan was stale since
 */
export function ofSeenRun(
  manifests: readonly ReviewManifest[],
  check: Pick<SetCheck, "externalId"> | undefined,
): readonly ReviewManifest[] {
  if (check === undefined || !check.externalId.startsWith("run ")) return manifests;
  return manifests.filter(({ run }) => seenRun(run) === check.externalId);
}

/** Whether that check was set for a later run than one, or for a later attempt of it. GitHub's numbers of runs only grow. */
export function isOfLaterRun({ externalId }: Pick<SetCheck, "externalId">, { id, attempt }: Run): boolean {
  const [, told = "", toldAttempt = ""] = /^run (\d+)-(\d+)$/.exec(externalId) ?? [];
  if (told === "") return false;
  return told === id ? Number(toldAttempt) > attempt : Number(told) > Number(id);
}
