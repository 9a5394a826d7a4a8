import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { type PolicyStatement, policyDocument } from "./policy";

export interface GithubRoleProps {
  readonly roleName: string;
  readonly description: string;
  /** JSON of the trust policy. */
  readonly trust: string;
  /** Policies by name; IAM takes 10 a role, of 6144 characters each (IAM quotas). */
  readonly policies: Readonly<Record<string, readonly PolicyStatement[]>>;
  /** Longest session, 1 to 12 hours. */
  readonly sessionHours: number;
}

/** A role that workflows take, with rights in policies of their own: one inline policy has no room for them. */
export class GithubRole extends Construct {
  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name: props.roleName,
      description: props.description,
      assumeRolePolicy: props.trust,
      maxSessionDuration: props.sessionHours * 60 * 60,
    });
    for (const [name, statements] of Object.entries(props.policies)) {
      const policy = new IamPolicy(this, name, {
        name: `${props.roleName}-${name}`,
        policy: policyDocument(statements),
      });
      new IamRolePolicyAttachment(this, `${name}-attached`, { role: role.name, policyArn: policy.arn });
    }
  }
}
