import { architectures, type BeanstalkOptions } from "./beanstalk-settings";

/** Prefix, in the logs bucket, below which load balancers of web apps write. */
export const loadBalancerLogs = "load-balancers/";

/** Where a load balancer writes down each request: a bucket that lets Elastic Load Balancing in below the prefix. */
export interface AccessLogs {
  readonly bucketName: string;
  /** Without a slash at its end. */
  readonly prefix: string;
}

export interface WebAppOptionsProps {
  readonly vpcId: string;
  readonly instanceSubnetIds: readonly string[];
  readonly loadBalancerSubnetIds: readonly string[];
  /** Groups that instances join beside the one Beanstalk makes. */
  readonly securityGroupIds: readonly string[];
  /** The load balancer's own group. */
  readonly loadBalancerGroupId: string;
  /** The preferred one first. */
  readonly instanceTypes: readonly string[];
  readonly minInstances: number;
  readonly maxInstances: number;
  /** @default - plain HTTP */
  readonly certificateArn?: string | undefined;
  /** Variables of the app. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  readonly accessLogs: AccessLogs;
  readonly serviceRoleArn: string;
  readonly profileName: string;
}

/** When Beanstalk may move an environment to a newer platform, in UTC. */
const updateWindow = "Sun:03:00";
/** Security policy of the HTTPS listener: TLS 1.3, and 1.2 with forward secrecy (ELB User Guide, "Security policies"). */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
/** Longer than an app takes for an answer (docs/apps.md, CONFIRM_SECONDS), so that none is cut off when instances change. */
const drainSeconds = 60;

/** All options of a web app's environment; lists are joined in the order given. */
export function webAppOptions(props: WebAppOptionsProps): BeanstalkOptions {
  const logs = { RetentionInDays: props.logRetentionDays, DeleteOnTerminate: false };
  return {
    "aws:autoscaling:asg": { MinSize: props.minInstances, MaxSize: props.maxInstances },
    // The root volume's type and IMDSv2 together make Beanstalk use a launch template (aws/elastic-beanstalk-roadmap#271).
    "aws:autoscaling:launchconfiguration": {
      DisableIMDSv1: true,
      IamInstanceProfile: props.profileName,
      RootVolumeType: "gp3",
      ...(props.securityGroupIds.length && { SecurityGroups: props.securityGroupIds.join(",") }),
    },
    // Images are hashed, signed and sent: work of the processor.
    "aws:autoscaling:trigger": {
      MeasureName: "CPUUtilization",
      Statistic: "Average",
      Unit: "Percent",
      UpperThreshold: 60,
      LowerThreshold: 25,
    },
    // What does not turn healthy never gets a request: new instances beside the old ones, also for a change of settings.
    "aws:autoscaling:updatepolicy:rollingupdate": { RollingUpdateEnabled: true, RollingUpdateType: "Immutable" },
    "aws:elasticbeanstalk:command": { DeploymentPolicy: "Immutable" },
    "aws:ec2:instances": {
      InstanceTypes: props.instanceTypes.join(","),
      SupportedArchitectures: architectures(props.instanceTypes).join(","),
    },
    "aws:ec2:vpc": {
      VPCId: props.vpcId,
      Subnets: props.instanceSubnetIds.join(","),
      ELBSubnets: props.loadBalancerSubnetIds.join(","),
      ELBScheme: "public",
      AssociatePublicIpAddress: false,
    },
    "aws:elasticbeanstalk:application:environment": props.environment,
    "aws:elasticbeanstalk:cloudwatch:logs": { StreamLogs: true, ...logs },
    "aws:elasticbeanstalk:cloudwatch:logs:health": { HealthStreamingEnabled: true, ...logs },
    "aws:elasticbeanstalk:environment": {
      EnvironmentType: "LoadBalanced",
      LoadBalancerType: "application",
      ServiceRole: props.serviceRoleArn,
    },
    // Not /ready: while Kafka is down it would take every instance away (docs/apps.md).
    "aws:elasticbeanstalk:environment:process:default": {
      DeregistrationDelay: drainSeconds,
      HealthCheckPath: "/health",
      MatcherHTTPCode: 200,
      Port: 80,
      Protocol: "HTTP",
    },
    "aws:elasticbeanstalk:healthreporting:system": { EnhancedHealthAuthEnabled: true, SystemType: "enhanced" },
    "aws:elasticbeanstalk:managedactions": { ManagedActionsEnabled: true, PreferredStartTime: updateWindow },
    "aws:elasticbeanstalk:managedactions:platformupdate": { UpdateLevel: "minor" },
    "aws:elbv2:loadbalancer": {
      AccessLogsS3Bucket: props.accessLogs.bucketName,
      AccessLogsS3Enabled: true,
      AccessLogsS3Prefix: props.accessLogs.prefix,
      ManagedSecurityGroup: props.loadBalancerGroupId,
      SecurityGroups: props.loadBalancerGroupId,
    },
    ...(props.certificateArn && {
      "aws:elbv2:listener:443": {
        ListenerEnabled: true,
        Protocol: "HTTPS",
        SSLCertificateArns: props.certificateArn,
        SSLPolicy: tlsPolicy,
      },
      "aws:elbv2:listener:default": { ListenerEnabled: false },
    }),
  };
}
