import { planText } from "../../gitops/plan-text";

describe("planText", () => {
  it("keeps the plan, without how it came about and where it was saved", () => {
    const stdout = [
      "data.terraform_remote_state.network: Reading...",
      "data.terraform_remote_state.network: Read complete after 0s",
      "aws_sns_topic.x: Refreshing state... [id=arn]",
      "",
      "Terraform will perform the following actions:",
      "",
      "  ~ x",
      "",
      "Plan: 0 to add, 1 to change, 0 to destroy.",
      "",
      "─────────────────────────────",
      "",
      "Saved the plan to: /plans/dev-data.tfplan",
    ].join("\n");

    expect(planText(stdout)).toBe(
      "Terraform will perform the following actions:\n\n  ~ x\n\nPlan: 0 to add, 1 to change, 0 to destroy.\n",
    );
  });

  it("keeps a plan that changes nothing", () => {
    expect(planText("\nNo changes. Your infrastructure matches the configuration.\n\nTerraform has compared…")).toBe(
      "No changes. Your infrastructure matches the configuration.\n\nTerraform has compared…\n",
    );
  });
});
