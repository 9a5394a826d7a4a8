import { decide, statementsOf } from "../../support/iam/decide";
import { environmentWith, synth } from "../../support/synth";
import { ask, policiesOf } from "./access";

const reads = "arn:aws:iam::999999999999:role/darkroom-prod-identity-plan";
const changes = "arn:aws:iam::999999999999:role/darkroom-prod-identity-apply";
const profile = "arn:aws:sagemaker:eu-central-1:333333333333:user-profile/d-1/ada-okafor";

it("a plan, which every pull request starts, takes the role that reads Identity Center and no other", () => {
  expect(ask("plan", "sts:AssumeRole", reads)).toBe("allowed");
  expect(ask("plan", "sts:AssumeRole", changes)).toBe("refused");
  expect(ask("plan", "sts:AssumeRole", "arn:aws:iam::999999999999:role/OrganizationAccountAccessRole")).toBe("refused");
});

it("an apply takes both, for it plans anew where a plan has gone stale, and no other", () => {
  expect(ask("apply", "sts:AssumeRole", reads)).toBe("allowed");
  expect(ask("apply", "sts:AssumeRole", changes)).toBe("allowed");
  expect(ask("apply", "sts:AssumeRole", "arn:aws:iam::333333333333:role/darkroom-prod-plan")).toBe("refused");
});

it.each([
  ["sagemaker:CreateUserProfile", profile, "allowed", "not granted"],
  ["sagemaker:UpdateUserProfile", profile, "allowed", "not granted"],
  ["sagemaker:DeleteUserProfile", profile, "allowed", "not granted"],
  ["sagemaker:DescribeUserProfile", profile, "allowed", "allowed"],
  ["sagemaker:CreatePresignedDomainUrl", profile, "refused", "refused"],
  ["sso:CreateManagedApplicationInstance", "*", "allowed", "not granted"],
  ["sso:DeleteManagedApplicationInstance", "*", "allowed", "not granted"],
  ["sso:CreateAccountAssignment", "*", "refused", "not granted"],
  ["sso:CreatePermissionSet", "*", "refused", "not granted"],
  ["sso:PutInlinePolicyToPermissionSet", "*", "refused", "not granted"],
  ["sso:AttachManagedPolicyToPermissionSet", "*", "refused", "not granted"],
  ["sso:UpdateInstance", "*", "refused", "not granted"],
  ["identitystore:CreateGroupMembership", "*", "refused", "not granted"],
])("%s of %s is %s to an apply, %s to a plan", (action, at, apply, plan) => {
  expect([ask("apply", action, at), ask("plan", action, at)]).toEqual([apply, plan]);
});

it("where people sign in by IAM, nobody takes a role elsewhere or registers anything in Identity Center", () => {
  const iam = synth(environmentWith("prod", { "analytics.signIn": "iam", "analytics.identityCenter": undefined }));
  const asks = (role: "plan" | "apply", action: string, resource: string) =>
    decide(statementsOf(policiesOf(iam.bootstrap, `darkroom-prod-${role}-`)), { action, resource });
  expect(asks("plan", "sts:AssumeRole", reads)).toBe("refused");
  expect(asks("apply", "sts:AssumeRole", changes)).toBe("refused");
  expect(asks("apply", "sso:CreateManagedApplicationInstance", "*")).toBe("not granted");
  expect(asks("apply", "sagemaker:CreateUserProfile", profile)).toBe("allowed");
});
