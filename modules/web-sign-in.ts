import { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { PolicyStatement } from "./policy";
import { ServiceRole } from "./service-role";
import { type IdentityProvider, signInTemplate } from "./web-sign-in-template";

export interface WebSignInProps {
  /** Name of the CloudFormation stack. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly loadBalancerArn: string;
  /** What is made together with the HTTPS listener and then stays as it is: as long as it is to be made, so is the listener. */
  readonly madeWithListener: ITerraformDependable | undefined;
  readonly provider: IdentityProvider;
}

/**
 * People sign in at the load balancer before a request reaches the app: a rule before all others on the HTTPS listener, which asks an
 * OpenID Connect provider (Application Load Balancers User Guide, "Authenticate users").
 *
 * Beanstalk's options have no such rule, and `aws_lb_listener_rule` would keep the client's secret in the state
 * (hashicorp/terraform-provider-aws#49499). So CloudFormation makes the rule: it resolves the reference to Secrets Manager itself, with a
 * role of its own, and neither Terraform nor the workflows' roles ever see the secret.
 */
export class WebSignIn extends Construct {
  constructor(scope: Construct, id: string, props: WebSignInProps) {
    super(scope, id);
    const role = new ServiceRole(this, "role", {
      roleName: props.name,
      service: "cloudformation.amazonaws.com",
      account: props.account,
      statements: rights(props),
    });
    // By way of a local value: a lookup that names the environment itself would wait for each of its changes, and each deployment would
    // show the rule as changed (Terraform, "Data resource behavior").
    const loadBalancerArn = new TerraformLocal(this, "load-balancer", props.loadBalancerArn).asString;
    const listener = new DataAwsLbListener(this, "https", {
      loadBalancerArn,
      port: 443,
      dependsOn: props.madeWithListener ? [props.madeWithListener] : [],
    });
    new CloudformationStack(this, "Default", {
      name: props.name,
      iamRoleArn: role.role.arn,
      templateBody: JSON.stringify(signInTemplate(props.provider)),
      parameters: { Listener: listener.arn, TargetGroup: listener.defaultAction.get(0).targetGroupArn },
      // A rule that can't be made leaves nothing behind, so that the next apply begins anew.
      onFailure: "DELETE",
      dependsOn: role.rights,
    });
  }
}

/** Make one rule on a load balancer of Beanstalk's, whose names begin with awseb, and open the client's secret. */
function rights({ account, region, provider }: WebSignInProps): PolicyStatement[] {
  const balancing = `arn:aws:elasticloadbalancing:${region}:${account}`;
  // Secrets Manager puts a hyphen and six characters behind a secret's name (Secrets Manager User Guide, "Secret ARN").
  const secretArn = `arn:aws:secretsmanager:${region}:${account}:secret:${provider.clientSecretName}-??????`;
  return [
    {
      sid: "MakeRule",
      actions: ["elasticloadbalancing:CreateRule"],
      resources: [`${balancing}:listener/app/awseb-*/*`],
    },
    {
      sid: "KeepRule",
      actions: ["AddTags", "DeleteRule", "ModifyRule", "RemoveTags", "SetRulePriorities"].map(
        (action) => `elasticloadbalancing:${action}`,
      ),
      resources: [`${balancing}:listener-rule/app/awseb-*/*`],
    },
    {
      sid: "SeeRules",
      actions: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"],
      resources: ["*"],
    },
    { sid: "ReadClientSecret", actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] },
    {
      sid: "OpenClientSecret",
      actions: ["kms:Decrypt"],
      resources: [`arn:aws:kms:${region}:${account}:key/*`],
      conditions: {
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:SecretARN": secretArn },
      },
    },
  ];
}
