import { DataAwsElasticBeanstalkSolutionStack } from "@cdktf/provider-aws/lib/data-aws-elastic-beanstalk-solution-stack";
import { ElasticBeanstalkApplication } from "@cdktf/provider-aws/lib/elastic-beanstalk-application";
import {
  ElasticBeanstalkEnvironment,
  type ElasticBeanstalkEnvironmentSetting,
} from "@cdktf/provider-aws/lib/elastic-beanstalk-environment";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";
import type { PolicyStatement } from "./policy";
import { ServiceRole } from "./service-role";

export interface WebAppProps {
  readonly name: string;
  readonly account: string;
  readonly vpcId: string;
  readonly instanceSubnetIds: readonly string[];
  readonly loadBalancerSubnetIds: readonly string[];
  /** Groups that instances join beside the one Beanstalk makes. */
  readonly securityGroupIds: readonly string[];
  /** The preferred one first. */
  readonly instanceTypes: readonly string[];
  readonly minInstances: number;
  readonly maxInstances: number;
  /** @default - plain HTTP */
  readonly certificateArn?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  /** What the app may do. */
  readonly statements: readonly PolicyStatement[];
}

/** When Beanstalk may move an environment to a newer platform, in UTC. */
const updateWindow = "Sun:03:00";
/** Security policy of the HTTPS listener: TLS 1.3, and 1.2 with forward secrecy (ELB User Guide, "Security policies"). */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/**
 * A web app on Elastic Beanstalk: instances in private subnets behind an application load balancer. The root volume's type and IMDSv2
 * together make Beanstalk use a launch template, without which new accounts can't start instances (aws/elastic-beanstalk-roadmap#271).
 */
export class WebApp extends Construct {
  readonly environment: ElasticBeanstalkEnvironment;

  constructor(scope: Construct, id: string, props: WebAppProps) {
    super(scope, id);
    const service = new ServiceRole(this, "service-role", {
      roleName: `${props.name}-beanstalk`,
      service: "elasticbeanstalk.amazonaws.com",
      account: props.account,
      statements: [],
      managedPolicies: [
        "service-role/AWSElasticBeanstalkEnhancedHealth",
        "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
      ],
    });
    const instance = new ServiceRole(this, "instance-role", {
      roleName: `${props.name}-instance`,
      service: "ec2.amazonaws.com",
      account: props.account,
      statements: props.statements,
      // Reports of health, logs and the source bundle; without it an environment never turns healthy (Beanstalk Developer Guide, "Instance profile").
      managedPolicies: ["AWSElasticBeanstalkWebTier"],
    });
    const profile = new IamInstanceProfile(this, "instance-profile", {
      name: `${props.name}-instance`,
      role: instance.role.name,
    });
    const platform = new DataAwsElasticBeanstalkSolutionStack(this, "platform", {
      mostRecent: true,
      nameRegex: "^64bit Amazon Linux 2023 (.*) running Node.js 22$",
    });
    const application = new ElasticBeanstalkApplication(this, "application", { name: props.name });
    this.environment = new ElasticBeanstalkEnvironment(this, "Default", {
      name: props.name,
      application: application.name,
      tier: "WebServer",
      solutionStackName: platform.name,
      setting: settings(props, service.role.arn, profile.name),
      // Managed updates move the platform on by themselves; an apply must not move it back.
      lifecycle: { ignoreChanges: ["solution_stack_name"] },
      dependsOn: [...service.rights, ...instance.rights],
    });
  }
}

/** Sorted, and lists joined in a fixed order: Terraform compares settings as a set of strings. */
function settings(
  props: WebAppProps,
  serviceRoleArn: string,
  profileName: string,
): ElasticBeanstalkEnvironmentSetting[] {
  const byNamespace: Record<string, Record<string, string>> = {
    "aws:autoscaling:asg": { MinSize: `${props.minInstances}`, MaxSize: `${props.maxInstances}` },
    "aws:autoscaling:launchconfiguration": {
      DisableIMDSv1: "true",
      IamInstanceProfile: profileName,
      RootVolumeType: "gp3",
      ...(props.securityGroupIds.length && { SecurityGroups: props.securityGroupIds.join(",") }),
    },
    "aws:ec2:instances": {
      InstanceTypes: props.instanceTypes.join(","),
      SupportedArchitectures: architectures(props.instanceTypes).join(","),
    },
    "aws:ec2:vpc": {
      VPCId: props.vpcId,
      Subnets: props.instanceSubnetIds.join(","),
      ELBSubnets: props.loadBalancerSubnetIds.join(","),
      ELBScheme: "public",
      AssociatePublicIpAddress: "false",
    },
    "aws:elasticbeanstalk:application:environment": props.environment,
    "aws:elasticbeanstalk:cloudwatch:logs": {
      StreamLogs: "true",
      RetentionInDays: `${props.logRetentionDays}`,
      DeleteOnTerminate: "false",
    },
    "aws:elasticbeanstalk:environment": {
      EnvironmentType: "LoadBalanced",
      LoadBalancerType: "application",
      ServiceRole: serviceRoleArn,
    },
    "aws:elasticbeanstalk:healthreporting:system": { SystemType: "enhanced" },
    "aws:elasticbeanstalk:managedactions": { ManagedActionsEnabled: "true", PreferredStartTime: updateWindow },
    "aws:elasticbeanstalk:managedactions:platformupdate": { UpdateLevel: "minor" },
    ...(props.certificateArn && {
      "aws:elbv2:listener:443": {
        ListenerEnabled: "true",
        Protocol: "HTTPS",
        SSLCertificateArns: props.certificateArn,
        SSLPolicy: tlsPolicy,
      },
      "aws:elbv2:listener:default": { ListenerEnabled: "false" },
    }),
  };
  return Object.entries(byNamespace).flatMap(([namespace, options]) =>
    Object.entries(options).map(([name, value]) => ({ namespace, name, value })),
  );
}

/**
 * Graviton types have a `g` after the generation, for example t4g, m7gd, im4gn; the first generation is called a1
 * (EC2 User Guide, "Instance type naming conventions").
 */
function architectures(instanceTypes: readonly string[]): string[] {
  const arm = /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./;
  return [...new Set(instanceTypes.map((type) => (arm.test(type) ? "arm64" : "x86_64")))].sort();
}
