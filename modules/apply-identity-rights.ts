import type { ApplyScope } from "./apply-rights";
import type { PolicyStatement } from "./policy";

/** Services that get a role of the pipeline. */
const roleTakers = [
  "cloudformation",
  "ec2",
  "elasticbeanstalk",
  "lambda",
  "sagemaker",
  "scheduler",
  "states",
  "vpc-flow-logs",
].map((service) => `${service}.amazonaws.com`);
/** AWS's own policies that the stacks give to web apps. */
const awsPolicies = [
  "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
  "AWSElasticBeanstalkWebTier",
  "service-role/AWSElasticBeanstalkEnhancedHealth",
].map((name) => `arn:aws:iam::aws:policy/${name}`);

/**
 * Roles of the pipeline: made and given rights only under the boundary, so that none of them can do more than the pipeline needs,
 * whatever rights somebody writes into it (IAM User Guide, "Delegating responsibility to others using permissions boundaries").
 */
export function applyIdentityRights({ account, prefix }: ApplyScope, boundaryArn: string): PolicyStatement[] {
  const roles = [`arn:aws:iam::${account}:role/${prefix}-*`];
  const profiles = [`arn:aws:iam::${account}:instance-profile/${prefix}-*`];
  const bounded = { "iam:PermissionsBoundary": boundaryArn };
  return [
    {
      sid: "GiveBoundedRights",
      actions: ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
      resources: roles,
      conditions: { StringEquals: bounded },
    },
    {
      sid: "GiveRightsOfAws",
      actions: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      resources: roles,
      conditions: { StringEquals: bounded, ArnEquals: { "iam:PolicyARN": awsPolicies } },
    },
    {
      sid: "KeepRoles",
      actions: [
        "iam:DeleteRole",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      resources: roles,
    },
    {
      sid: "KeepProfiles",
      actions: [
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:DeleteInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:TagInstanceProfile",
        "iam:UntagInstanceProfile",
      ],
      resources: profiles,
    },
    {
      sid: "PassRoles",
      actions: ["iam:PassRole"],
      resources: roles,
      conditions: { StringEquals: { "iam:PassedToService": roleTakers } },
    },
    {
      // What an account has that used the service before; a new one has none (AWS Managed Policy Reference, AmazonMSKFullAccess; AWS WAF
      // Developer Guide, "Using service-linked roles": logging).
      sid: "MakeServiceRoles",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:aws:iam::${account}:role/aws-service-role/*`],
      conditions: {
        StringEquals: {
          "iam:AWSServiceName": [
            "autoscaling.amazonaws.com",
            "delivery.logs.amazonaws.com",
            "elasticbeanstalk.amazonaws.com",
            // Of the home file system, which Studio has EFS make.
            "elasticfilesystem.amazonaws.com",
            "elasticloadbalancing.amazonaws.com",
            "kafka.amazonaws.com",
            "maintenance.elasticbeanstalk.amazonaws.com",
            "managedupdates.elasticbeanstalk.amazonaws.com",
            "sagemaker.amazonaws.com",
            "wafv2.amazonaws.com",
          ],
        },
      },
    },
  ];
}
