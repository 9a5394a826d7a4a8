import { ownPrefix } from "../own-name";
import type { Environment } from "../schema";

/** Characters that SageMaker takes (SageMaker API, CreateTrainingJob, CreateEndpoint and others; CreateHyperParameterTuningJob). */
const most = { jobs: 63, tuning: 32 };
/** What the starter notebooks add, and the least that still tells one tuning job from another. */
const added = { jobs: "train-20260131-120000".length, tuning: 6 };

const starts = ["training", "prebuilt-models", "batch-inference"] as const;

/** Groups whose name leaves too little of the names that they have to give to what they start (modules/job-rights.ts). */
export function jobNames({ analytics, name }: Pick<Environment, "analytics" | "name">): string[] {
  return analytics.groups.flatMap((group) => {
    const prefix = ownPrefix(name, group.name);
    const lacks = (kind: keyof typeof most) => most[kind] - prefix.length < added[kind];
    const left = (kind: keyof typeof most) => `${Math.max(0, most[kind] - prefix.length)} of ${most[kind]} characters`;
    const begin = `analytics.groups: what ${group.name} starts has to be called ${prefix}…`;
    if (starts.some((word) => group.access.includes(word)) && lacks("jobs")) {
      return [
        `${begin}, which leaves ${left("jobs")}; the starter notebooks add ${added.jobs}. Give it a shorter name.`,
      ];
    }
    if (group.access.includes("training") && lacks("tuning")) {
      return [`${begin}, which leaves ${left("tuning")} for tuning jobs. Give it a shorter name, or tune otherwise.`];
    }
    return [];
  });
}
