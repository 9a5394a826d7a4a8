import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type PolicyStatement, policyDocument } from "./policy";

export interface ServiceRoleProps {
  /** At most 64 characters (IAM quotas). */
  readonly roleName: string;
  /** Service that may take the role, for example `lambda.amazonaws.com`. */
  readonly service: string;
  readonly account: string;
  readonly statements: readonly PolicyStatement[];
  /** Policies of AWS's own, by the end of their ARN, for example `service-role/AWSElasticBeanstalkEnhancedHealth`. @default - none */
  readonly managedPolicies?: readonly string[];
}

/**
 * Services of which AWS does not say that they show the account. A role is passed to a service of its own account only (IAM User Guide,
 * "Grant a user permissions to pass a role to an AWS service"), so that nothing is lost; a condition never met would stop everything.
 */
const showNoAccount = ["cloudformation", "ec2", "lambda"].map((name) => `${name}.amazonaws.com`);

/**
 * What the service must show when it takes a role. Most show the account on whose behalf they act (IAM User Guide, "The confused deputy
 * problem"), Beanstalk an identifier of its own (Elastic Beanstalk Developer Guide, "Service role"), and SageMaker an ARN: every trust policy
 * that AWS shows for Studio, jobs and endpoints asks for that, and none for the account alone (SageMaker AI Developer Guide, "Cross-service
 * confused deputy prevention"). Studio's ends with an asterisk itself.
 */
function proof(service: string, account: string): PolicyStatement["conditions"] {
  if (showNoAccount.includes(service)) return undefined;
  if (service === "elasticbeanstalk.amazonaws.com") return { StringEquals: { "sts:ExternalId": "elasticbeanstalk" } };
  if (service === "sagemaker.amazonaws.com") {
    return { ArnLike: { "aws:SourceArn": `arn:aws:sagemaker:*:${account}:*` } };
  }
  return { StringEquals: { "aws:SourceAccount": account } };
}

/** A role that one AWS service takes, on behalf of this account only, with exactly the given rights. */
export class ServiceRole extends Construct {
  readonly role: IamRole;
  /** For `dependsOn` of what must not start before the role has its rights. */
  readonly rights: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const conditions = proof(props.service, props.account);
    this.role = new IamRole(this, "role", {
      name: props.roleName,
      assumeRolePolicy: policyDocument([
        {
          sid: "Service",
          principals: { Service: props.service },
          actions: ["sts:AssumeRole"],
          ...(conditions && { conditions }),
        },
      ]),
    });
    this.rights = (props.managedPolicies ?? []).map(
      (policy, index) =>
        new IamRolePolicyAttachment(this, `managed-${index + 1}`, {
          role: this.role.name,
          policyArn: `arn:aws:iam::aws:policy/${policy}`,
        }),
    );
    if (props.statements.length > 0) {
      const policy = policyDocument(props.statements);
      this.rights.push(new IamRolePolicy(this, "rights", { name: "rights", role: this.role.name, policy }));
    }
  }
}
