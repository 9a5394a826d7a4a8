import { fits } from "../wildcard";
import type { Finding } from "./report";
import type { Skip } from "./skips";

/** A finding that no skip excuses. */
export interface Offence extends Finding {
  /** The skip that excused it until a day that is past. */
  readonly expired?: Skip;
}

/** What is left of the findings. */
export interface Judgement {
  readonly offences: readonly Offence[];
  /** How many findings are excused. */
  readonly skipped: number;
  /** Skips that fit nothing: what they excused is mended or gone. */
  readonly unused: readonly Skip[];
}

/**
 * @param whole - whether the stacks of all environments were looked at; else a skip may be for another one
 * @param today - for example 2026-11-25
 */
export function judge(findings: readonly Finding[], skips: readonly Skip[], whole: boolean, today: string): Judgement {
  const used = new Set<Skip>();
  const offences = findings.flatMap((finding): Offence[] => {
    const meant = skips.filter(({ rule, resource }) => rule === finding.rule && fits(resource, finding.path));
    for (const skip of meant) used.add(skip);
    if (meant.some(({ until }) => until === undefined || until >= today)) return [];
    return [{ ...finding, ...(meant[0] && { expired: meant[0] }) }];
  });
  return {
    offences,
    skipped: findings.length - offences.length,
    unused: whole ? skips.filter((skip) => !used.has(skip)) : [],
  };
}
