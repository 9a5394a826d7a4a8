import type { Environment } from "../schema";

/** Groups that may together spend more than the environment. */
export function budgets({ analytics }: Pick<Environment, "analytics">): string[] {
  const sum = analytics.groups.reduce((total, { monthlyBudgetUsd }) => total + monthlyBudgetUsd, 0);
  if (sum <= analytics.monthlyBudgetUsd) return [];
  return [
    `analytics.monthlyBudgetUsd: the groups' budgets come to ${sum} US dollars, more than the environment's ${analytics.monthlyBudgetUsd}.`,
  ];
}
