import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { Construct } from "constructs";

export interface BudgetProps {
  readonly budgetName: string;
  readonly monthlyUsd: number;
  /** Tag that the costs carry, and its value. */
  readonly tag: readonly [name: string, value: string];
  /** Who is told at 80 and 100 %; with nobody to tell the budget is only shown. */
  readonly emails: readonly string[];
}

/** A monthly limit in US dollars on everything with a tag (Budgets User Guide, "Budget filters": `user:<tag>$<value>`). */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { budgetName, monthlyUsd, tag, emails }: BudgetProps) {
    super(scope, id);
    new BudgetsBudget(this, "Default", {
      name: budgetName,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(monthlyUsd),
      limitUnit: "USD",
      costFilter: [{ name: "TagKeyValue", values: [`user:${tag[0]}$${tag[1]}`] }],
      notification: emails.length
        ? [80, 100].map((threshold) => ({
            comparisonOperator: "GREATER_THAN",
            notificationType: "ACTUAL",
            threshold,
            thresholdType: "PERCENTAGE",
            subscriberEmailAddresses: [...emails],
          }))
        : [],
    });
  }
}
