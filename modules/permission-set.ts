import { SsoadminAccountAssignment } from "@cdktf/provider-aws/lib/ssoadmin-account-assignment";
import { SsoadminPermissionSet } from "@cdktf/provider-aws/lib/ssoadmin-permission-set";
import { SsoadminPermissionSetInlinePolicy } from "@cdktf/provider-aws/lib/ssoadmin-permission-set-inline-policy";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { type PolicyStatement, policyDocument } from "./policy";

export interface PermissionSetProps {
  readonly provider: TerraformProvider;
  readonly instanceArn: string;
  /** At most 32 characters. */
  readonly name: string;
  readonly description: string;
  /** How long a sign-in lasts, 1 to 12 hours. */
  readonly sessionHours: number;
  /** At most 10,240 characters as JSON (IAM Identity Center quotas). */
  readonly statements: readonly PolicyStatement[];
  /** Who gets it: id of a group in the identity store. */
  readonly groupId: string;
  /** Account in which it holds. */
  readonly account: string;
}

/** What a group may do in the console and by the CLI of an account. */
export class PermissionSet extends Construct {
  constructor(scope: Construct, id: string, props: PermissionSetProps) {
    super(scope, id);
    const { provider, instanceArn } = props;
    const set = new SsoadminPermissionSet(this, "Default", {
      provider,
      instanceArn,
      name: props.name,
      description: props.description,
      sessionDuration: `PT${props.sessionHours}H`,
    });
    const policy = new SsoadminPermissionSetInlinePolicy(this, "policy", {
      provider,
      instanceArn,
      permissionSetArn: set.arn,
      inlinePolicy: policyDocument(props.statements),
    });
    new SsoadminAccountAssignment(this, "account", {
      provider,
      instanceArn,
      permissionSetArn: set.arn,
      principalType: "GROUP",
      principalId: props.groupId,
      targetType: "AWS_ACCOUNT",
      targetId: props.account,
      // Nobody gets a role without its rights; and nothing is provisioned once more on the way out (terraform-provider-aws, aws_ssoadmin_account_assignment).
      dependsOn: [policy],
    });
  }
}
