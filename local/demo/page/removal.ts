import type { RemovalRule } from "../object-store";

const dayMilliseconds = 86_400_000;

/**
 * The instant from which S3 removes an object, by the deployed rules: its age reaches the rule's days, rounded up to the
 * next midnight UTC (S3 User Guide, "Expiring objects"). Of several rules the earliest counts. No rule: undefined.
 */
export function removalDate(rules: readonly RemovalRule[], key: string, lastModified: Date): Date | undefined {
  const days = rules.filter(({ prefix }) => key.startsWith(prefix)).map((rule) => rule.days);
  if (days.length === 0) return undefined;
  const age = lastModified.getTime() + Math.min(...days) * dayMilliseconds;
  return new Date(Math.ceil(age / dayMilliseconds) * dayMilliseconds);
}
