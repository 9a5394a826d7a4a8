import type { ApplyScope } from "./apply-rights";
import type { PolicyStatement } from "./policy";

const ec2 = (verbs: readonly string[], things: readonly string[]) =>
  things.flatMap((thing) => verbs.map((verb) => `ec2:${verb}${thing}`));

/** Networks, whose resources AWS names: by kind of resource, in this region. The account is the environment's own. */
const network = [
  ...ec2(
    ["Create", "Delete"],
    ["FlowLogs", "InternetGateway", "NatGateway", "Route", "RouteTable", "SecurityGroup", "Subnet", "Tags", "Vpc"],
  ),
  ...ec2(["Attach", "Detach"], ["InternetGateway"]),
  ...ec2(["Associate", "Disassociate"], ["RouteTable", "Address"]),
  ...ec2(["Allocate", "Release"], ["Address"]),
  ...ec2(["Authorize", "Revoke"], ["SecurityGroupIngress", "SecurityGroupEgress"]),
  "ec2:CreateVpcEndpoint",
  "ec2:DeleteVpcEndpoints",
  "ec2:ModifySecurityGroupRules",
  "ec2:ModifySubnetAttribute",
  "ec2:ModifyVpcAttribute",
  "ec2:ModifyVpcEndpoint",
  "ec2:ReplaceRoute",
  "ec2:ReplaceRouteTableAssociation",
  "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
  "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
];

/**
 * Networks, and the web apps: Beanstalk makes what an environment consists of with the rights of whoever asks, under names that
 * begin with awseb (Elastic Beanstalk Developer Guide, "Managing Elastic Beanstalk user policies"). Which rights, AWS's own policy for it
 * tells (AWS Managed Policy Reference, "AdministratorAccess-AWSElasticBeanstalk").
 */
export function applyNetworkRights(
  { account, region, prefix }: ApplyScope,
  /** ARN of the bucket with the web apps' bundles. */
  bundlesArn: string,
): PolicyStatement[] {
  const here = { StringEquals: { "aws:RequestedRegion": region } };
  const beanstalkBucket = `arn:aws:s3:::elasticbeanstalk-${region}-${account}`;
  return [
    { sid: "ManageNetwork", actions: network, resources: ["*"], conditions: here },
    // An interface endpoint is found by its service's own name (Service Authorization Reference, Amazon EC2, CreateVpcEndpoint).
    {
      sid: "NameEndpoints",
      actions: ["route53:AssociateVPCWithHostedZone"],
      resources: ["arn:aws:route53:::hostedzone/*", `arn:aws:ec2:${region}:${account}:vpc/*`],
    },
    {
      sid: "ManageWebApps",
      actions: ["elasticbeanstalk:*"],
      resources: ["application", "applicationversion", "configurationtemplate", "environment"].map(
        (kind) => `arn:aws:elasticbeanstalk:${region}:${account}:${kind}/${prefix}-*`,
      ),
    },
    {
      sid: "FindPlatforms",
      actions: ["elasticbeanstalk:CheckDNSAvailability", "elasticbeanstalk:CreateStorageLocation"],
      resources: ["*"],
      conditions: here,
    },
    {
      sid: "ReadPlatforms",
      actions: ["elasticbeanstalk:DescribePlatformVersion", "elasticbeanstalk:CreateEnvironment"],
      resources: [
        `arn:aws:elasticbeanstalk:${region}::platform/*`,
        `arn:aws:elasticbeanstalk:${region}::solutionstack/*`,
      ],
    },
    {
      sid: "MakeWebAppStacks",
      actions: ["cloudformation:*"],
      resources: [`awseb-*`, `${prefix}-*`].map((name) => `arn:aws:cloudformation:${region}:${account}:stack/${name}`),
    },
    {
      sid: "ManageFirewalls",
      actions: ["wafv2:*"],
      resources: [
        `arn:aws:wafv2:${region}:${account}:regional/webacl/${prefix}-*`,
        `arn:aws:wafv2:${region}:${account}:regional/managedruleset/*`,
        `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/awseb-*`,
      ],
    },
    {
      sid: "MakeWebAppInstances",
      actions: [
        "autoscaling:*",
        ...ec2(["Create", "Delete"], ["LaunchTemplate"]),
        "ec2:CreateLaunchTemplateVersion",
        "ec2:DeleteLaunchTemplateVersions",
        "ec2:GetLaunchTemplateData",
        "ec2:RunInstances",
        "ec2:TerminateInstances",
        "elasticloadbalancing:*",
      ],
      resources: ["*"],
      conditions: here,
    },
    // Those by which a group of instances grows and shrinks.
    {
      sid: "MakeWebAppAlarms",
      actions: ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
      resources: [`arn:aws:cloudwatch:${region}:${account}:alarm:awseb-*`],
    },
    {
      sid: "PutBundles",
      actions: ["s3:DeleteObject", "s3:PutObject"],
      resources: [`${bundlesArn}/*`],
    },
    {
      sid: "KeepWebAppBundles",
      actions: [
        "s3:CreateBucket",
        "s3:GetObject*",
        "s3:ListBucket",
        "s3:PutBucket*",
        "s3:PutObject",
        "s3:PutObjectAcl",
        "s3:PutObjectVersionAcl",
        "s3:DeleteObject",
      ],
      resources: [beanstalkBucket, `${beanstalkBucket}/*`],
    },
    // Templates of stacks and the like, in buckets of AWS.
    { sid: "ReadWhatBeanstalkMakes", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::elasticbeanstalk-*/*"] },
  ];
}
