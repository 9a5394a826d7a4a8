import type { Environment } from "../schema";

/** Whom the settings leave without a way to sign in. */
export function signIn({ analytics, name }: Pick<Environment, "analytics" | "name">): string[] {
  const { groups, identityCenter, signIn: way } = analytics;
  if (name === "local" || way !== "sso") return [];
  if (identityCenter !== undefined) {
    return groups
      .filter(({ people = [] }) => people.length === 0)
      .map(
        (group) =>
          `analytics.groups: ${group.name} names no people: whoever of the group signs in may do nothing. Name them by people.`,
      );
  }
  if (!groups.some(({ people = [] }) => people.length > 0)) return [];
  return [
    "analytics.identityCenter: without it, nobody whom groups name can sign in before the groups are assigned to the Studio domain by hand, and sessionHours has no effect.",
  ];
}
