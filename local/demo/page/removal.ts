import { dueAt } from "../../expiry/due";
import type { RemovalRule } from "../object-store";

/**
 * The instant from which S3 removes an object, by the deployed rules, as the expiry run carries them out. Of several
 * rules the earliest counts. No rule: undefined.
 */
export function removalDate(rules: readonly RemovalRule[], key: string, lastModified: Date): Date | undefined {
  const days = rules.filter(({ prefix }) => key.startsWith(prefix)).map((rule) => rule.days);
  return days.length === 0 ? undefined : dueAt(lastModified, Math.min(...days));
}
