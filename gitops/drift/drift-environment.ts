import { repositoryFolder } from "../../environments/repository";
import type { Github } from "../github/client";
import type { IssueOutcome } from "../github/kept-issue";
import type { EnvironmentOptions } from "../options";
import { planEnvironment } from "../plan-environment";
import { inForce, readAllowlist } from "./allowlist";
import { keepDriftIssue } from "./drift-issue";
import { driftOf, type StackDrift } from "./find-drift";

/** What was found in one environment. */
export interface DriftReport {
  /** Why nothing was compared: what main says is not all applied, so differences say nothing. */
  readonly skippedBecause?: string;
  readonly stacks: readonly (StackDrift & { readonly issue?: IssueOutcome })[];
  /** Entries of the allowlist whose last day is over. */
  readonly expired: readonly string[];
}

export interface DriftOptions {
  /** Why what differs may be a merge that is not applied yet; undefined when everything on main is applied. */
  readonly unapplied: string | undefined;
  /** Left out: no issues are kept. */
  readonly github?: Github | undefined;
  readonly now: Date;
  /** @default the repository */
  readonly root?: string;
}

/** Compares an environment in AWS with what main says, and keeps an issue a stack. */
export async function driftEnvironment(options: EnvironmentOptions, drift: DriftOptions): Promise<DriftReport> {
  const { unapplied, github, now, root = repositoryFolder() } = drift;
  const allowlist = readAllowlist(root).filter(({ environment }) => environment === options.environment);
  const today = now.toISOString().slice(0, 10);
  const allowed = inForce(allowlist, options.environment, today);
  const expired = allowlist
    .filter((entry) => !allowed.includes(entry))
    .map(({ address, attribute, until }) => `${[address, attribute].filter(Boolean).join(" ")} (until ${until})`);
  if (unapplied !== undefined) return { skippedBecause: unapplied, stacks: [], expired };
  const plans = await planEnvironment(options);
  const stacks: DriftReport["stacks"][number][] = [];
  for (const plan of plans) {
    const found = driftOf(plan, allowed);
    stacks.push(github === undefined ? found : { ...found, issue: await keepDriftIssue(github, found) });
  }
  return { stacks, expired };
}

/** The report for people, a line a stack. */
export function driftText({ skippedBecause, stacks, expired }: DriftReport): string {
  const lines = stacks.map(({ stack, resources, facts, error, issue }) => {
    const what =
      facts.length === 0 ? "as main says" : (error ?? `differs: ${resources.map(({ address }) => address).join(", ")}`);
    return `${stack}: ${what}${issue === undefined || issue === "none" ? "" : ` (issue ${issue})`}`;
  });
  return [
    ...(skippedBecause === undefined ? [] : [`Not compared: ${skippedBecause}`]),
    ...lines,
    ...expired.map((entry) => `drift-allowed.yaml: no longer counts: ${entry}`),
  ].join("\n");
}

/** Exit code: 1 something could not be compared, 2 something differs and no issue tells so, 0 else. */
export function driftExitCode({ stacks }: DriftReport): 0 | 1 | 2 {
  if (stacks.some(({ error }) => error !== undefined)) return 1;
  return stacks.some(({ facts, issue }) => facts.length > 0 && issue === undefined) ? 2 : 0;
}
