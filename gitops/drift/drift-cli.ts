import { loadEnvironment } from "../../environments/load";
import { commandGithub } from "../github/command-client";
import type { EnvironmentOptions } from "../options";
import { reconcileEnvironment } from "../reconcile/reconcile-environment";
import { RecordStore } from "../record/record-store";
import { defaultStore } from "../store/default-store";
import { storeOf } from "../store/store-of";
import { type DriftReport, driftEnvironment } from "./drift-environment";

/** Flags of `drift`. */
export interface DriftFlags {
  readonly issues?: boolean;
  readonly store?: string;
}

const daysLookedBack = 30;

/**
 * Runs the comparison. With `--issues` a merge that is not applied yet is not taken for drift: then nothing is compared,
 * and the reconciler tells of the merge.
 */
export async function drift(options: EnvironmentOptions, { issues, store }: DriftFlags): Promise<DriftReport> {
  const now = new Date();
  if (!issues) return driftEnvironment(options, { unapplied: undefined, now });
  const environment = loadEnvironment(options.environment);
  const github = commandGithub(environment.github.repository);
  const records = new RecordStore(storeOf(store ?? defaultStore(environment), options.env, environment.region));
  const since = new Date(now.getTime() - daysLookedBack * 86_400_000);
  const { unapplied, running } = await reconcileEnvironment(github, { environment: environment.name, since, records });
  const merges = [...unapplied.map(({ merge }) => merge), ...running].map(({ pullRequest }) => `#${pullRequest}`);
  const why = merges.length > 0 ? `${[...new Set(merges)].join(", ")} is merged and not applied yet.` : undefined;
  return driftEnvironment(options, { unapplied: why, github, now });
}
