import { DataAwsElasticBeanstalkSolutionStack } from "@cdktf/provider-aws/lib/data-aws-elastic-beanstalk-solution-stack";
import { ElasticBeanstalkApplication } from "@cdktf/provider-aws/lib/elastic-beanstalk-application";
import { ElasticBeanstalkEnvironment } from "@cdktf/provider-aws/lib/elastic-beanstalk-environment";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { type AppCode, AppVersion } from "./app-version";
import { beanstalkSettings } from "./beanstalk-settings";
import { HttpsRedirect } from "./https-redirect";
import { LoadBalancerNetwork } from "./load-balancer-network";
import type { PolicyStatement } from "./policy";
import { ServiceRole } from "./service-role";
import { type WebAppOptionsProps, webAppOptions } from "./web-app-options";
import { type Firewall, WebFirewall } from "./web-firewall";
import { WebSignIn } from "./web-sign-in";
import type { IdentityProvider } from "./web-sign-in-template";

export interface WebAppProps
  extends Omit<WebAppOptionsProps, "loadBalancerGroupId" | "serviceRoleArn" | "profileName"> {
  readonly name: string;
  readonly account: string;
  /** Addresses of the VPC. */
  readonly cidr: string;
  readonly code: AppCode;
  /** What the app may do. */
  readonly statements: readonly PolicyStatement[];
  readonly region: string;
  /** Where people sign in; needs a certificate. @default - everybody is let in */
  readonly signIn?: IdentityProvider | undefined;
  /** @default - no firewall */
  readonly firewall?: Firewall | undefined;
  /** Key of the logs. */
  readonly kmsKeyArn: string;
}

/** A web app on Elastic Beanstalk: instances in private subnets behind an application load balancer. */
export class WebApp extends Construct {
  readonly environment: ElasticBeanstalkEnvironment;

  constructor(scope: Construct, id: string, props: WebAppProps) {
    super(scope, id);
    const { name, account } = props;
    const service = new ServiceRole(this, "service-role", {
      roleName: `${name}-beanstalk`,
      service: "elasticbeanstalk.amazonaws.com",
      account,
      statements: [],
      managedPolicies: [
        "service-role/AWSElasticBeanstalkEnhancedHealth",
        "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
      ],
    });
    const instance = new ServiceRole(this, "instance-role", {
      roleName: `${name}-instance`,
      service: "ec2.amazonaws.com",
      account,
      statements: props.statements,
      // Reports of health, logs and the source bundle; without it an environment never turns healthy (Beanstalk Developer Guide, "Instance profile").
      managedPolicies: ["AWSElasticBeanstalkWebTier"],
    });
    const profile = new IamInstanceProfile(this, "instance-profile", {
      name: `${name}-instance`,
      role: instance.role.name,
    });
    const platform = new DataAwsElasticBeanstalkSolutionStack(this, "platform", {
      mostRecent: true,
      nameRegex: "^64bit Amazon Linux 2023 (.*) running Node.js 22$",
    });
    const network = new LoadBalancerNetwork(this, "load-balancer", {
      name: `${name}-load-balancer`,
      vpcId: props.vpcId,
      cidr: props.cidr,
      https: props.certificateArn !== undefined,
      signsIn: props.signIn !== undefined,
    });
    const application = new ElasticBeanstalkApplication(this, "application", { name });
    const version = new AppVersion(this, "version", { ...props.code, application: application.name });
    this.environment = new ElasticBeanstalkEnvironment(this, "Default", {
      name,
      application: application.name,
      tier: "WebServer",
      solutionStackName: platform.name,
      versionLabel: version.label,
      setting: beanstalkSettings(
        webAppOptions({
          ...props,
          loadBalancerGroupId: network.groupId,
          serviceRoleArn: service.role.arn,
          profileName: profile.name,
        }),
      ),
      // An immutable deployment starts as many instances again and waits for each to be healthy.
      waitForReadyTimeout: "45m",
      // Managed updates move the platform on by themselves; an apply must not move it back.
      lifecycle: { ignoreChanges: ["solution_stack_name"] },
      dependsOn: [...service.rights, ...instance.rights],
    });
    const loadBalancerArn = Fn.element(this.environment.loadBalancers, 0);
    if (props.certificateArn !== undefined) new HttpsRedirect(this, "redirect", { loadBalancerArn });
    if (props.signIn !== undefined) {
      new WebSignIn(this, "sign-in", {
        name: `${name}-sign-in`,
        account,
        region: props.region,
        loadBalancerArn,
        madeWithListener: network.httpsRule,
        provider: props.signIn,
      });
    }
    if (props.firewall !== undefined) {
      const { logRetentionDays, kmsKeyArn } = props;
      const firewall = { ...props.firewall, name: `${name}-firewall`, logRetentionDays, kmsKeyArn };
      new WebFirewall(this, "firewall", { ...firewall, loadBalancerArn });
    }
  }
}
