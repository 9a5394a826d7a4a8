import { ownPrefix } from "../own-name";
import type { Environment } from "../schema";

/** Characters of the name of a job, model or endpoint (SageMaker API, CreateTrainingJob, CreateModel, CreateEndpoint). */
const most = 63;
/** What the starter notebooks add to the beginning that a group's rights ask for. */
const added = "train-20260131-120000".length;

const starts = ["training", "prebuilt-models", "batch-inference"] as const;

/** Groups whose name leaves too little of the names that they have to give to what they start (modules/job-rights.ts). In `local` nothing runs. */
export function jobNames({ analytics, name }: Pick<Environment, "analytics" | "name">): string[] {
  if (name === "local") return [];
  return analytics.groups.flatMap((group) => {
    const prefix = ownPrefix(name, group.name);
    const left = most - prefix.length;
    if (left >= added || !starts.some((word) => group.access.includes(word))) return [];
    const begin = `analytics.groups: what ${group.name} starts has to be called ${prefix}…`;
    return [
      `${begin}, which leaves ${left} of ${most} characters; the starter notebooks add ${added}. Give it a shorter name.`,
    ];
  });
}
