import { WebApp, type WebAppProps } from "../../modules/web-app";
import { synthConstruct } from "../support/construct";
import { resource } from "../support/synth";

const sha256 = "0123456789abcdef".repeat(4);
const base: WebAppProps = {
  name: "web",
  account: "111111111111",
  region: "eu-central-1",
  vpcId: "vpc-1",
  cidr: "10.0.0.0/16",
  instanceSubnetIds: ["subnet-1", "subnet-2"],
  loadBalancerSubnetIds: ["subnet-3", "subnet-4"],
  securityGroupIds: [],
  instanceTypes: ["t4g.small"],
  minInstances: 1,
  maxInstances: 2,
  code: { zipPath: "assets/app.zip", sha256, bucketName: "bundles" },
  environment: {},
  logRetentionDays: 30,
  kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/logs",
  accessLogs: { bucketName: "logs", prefix: "load-balancers/web" },
  statements: [{ sid: "Put", actions: ["s3:PutObject"], resources: ["arn:aws:s3:::uploads/*"] }],
};
const webApp = (props: Partial<WebAppProps> = {}) =>
  synthConstruct((scope) => {
    new WebApp(scope, "web", { ...base, ...props });
  });
type Stack = ReturnType<typeof webApp>;
const settings = (stack: Stack) =>
  resource(stack, "aws_elastic_beanstalk_environment").setting as Record<"namespace" | "name" | "value", string>[];
const option = (stack: Stack, namespace: string, name: string) =>
  settings(stack).find((setting) => setting.namespace === namespace && setting.name === name)?.value;
const rules = (stack: Stack, direction: "ingress" | "egress") =>
  Object.values(stack.resource[`aws_vpc_security_group_${direction}_rule`] ?? {}).map(
    ({ from_port, to_port, ip_protocol, cidr_ipv4 }) => [ip_protocol, from_port, to_port, cidr_ipv4],
  );
const certificateArn = "arn:aws:acm:eu-central-1:111111111111:certificate/11111111-1111-4111-8111-111111111111";

describe("WebApp", () => {
  it("lets its instances report their health, without which the environment never turns healthy", () => {
    const stack = webApp();
    expect(option(stack, "aws:elasticbeanstalk:healthreporting:system", "SystemType")).toBe("enhanced");
    expect(option(stack, "aws:elasticbeanstalk:healthreporting:system", "EnhancedHealthAuthEnabled")).toBe("true");
    expect(Object.values(stack.resource.aws_iam_role_policy_attachment ?? {})).toContainEqual(
      expect.objectContaining({
        role: expect.stringMatching(/^\$\{aws_iam_role\.web_instance-role_\w+\.name\}$/),
        policy_arn: "arn:aws:iam::aws:policy/AWSElasticBeanstalkWebTier",
      }),
    );
  });

  it("gives its instances the rights of the app and no others", () => {
    const policies = Object.values(webApp().resource.aws_iam_role_policy ?? {});
    expect(policies.map(({ role }) => role)).toEqual([
      expect.stringMatching(/^\$\{aws_iam_role\.web_instance-role_\w+\.name\}$/),
    ]);
    expect(JSON.parse(String(policies[0]?.policy)).Statement).toEqual([
      { Sid: "Put", Effect: "Allow", Action: ["s3:PutObject"], Resource: ["arn:aws:s3:::uploads/*"] },
    ]);
  });

  it("is known by its name, and its service role works for Beanstalk alone", () => {
    const stack = webApp({ name: "other" });
    expect(resource(stack, "aws_elastic_beanstalk_application").name).toBe("other");
    expect(resource(stack, "aws_elastic_beanstalk_environment").name).toBe("other");
    const trusted = (role: string) =>
      JSON.parse(String(resource(stack, "aws_iam_role", role).assume_role_policy)).Statement[0].Principal;
    expect(trusted("other-beanstalk")).toEqual({ Service: "elasticbeanstalk.amazonaws.com" });
    expect(trusted("other-instance")).toEqual({ Service: "ec2.amazonaws.com" });
  });

  it("runs the bundle, labelled by its content, and keeps the old version until the new one runs", () => {
    const stack = webApp();
    const before = { create_before_destroy: true };
    expect(resource(stack, "aws_s3_object")).toEqual(
      expect.objectContaining({
        bucket: "bundles",
        key: expect.stringMatching(new RegExp(`^\\$\\{.*application.*\\.name\\}/${sha256}\\.zip$`)),
        source: "assets/app.zip",
        source_hash: sha256,
        lifecycle: before,
        override_provider: { default_tags: { tags: {} } },
      }),
    );
    expect(resource(stack, "aws_elastic_beanstalk_application_version")).toEqual(
      expect.objectContaining({ name: "0123456789ab", lifecycle: before }),
    );
    expect(resource(stack, "aws_elastic_beanstalk_environment").version_label).toMatch(
      /^\$\{aws_elastic_beanstalk_application_version\..*\.name\}$/,
    );
  });

  it("brings new code and new settings to new instances, which get requests only once they are healthy", () => {
    const stack = webApp();
    expect(option(stack, "aws:elasticbeanstalk:command", "DeploymentPolicy")).toBe("Immutable");
    expect(option(stack, "aws:autoscaling:updatepolicy:rollingupdate", "RollingUpdateEnabled")).toBe("true");
    expect(option(stack, "aws:autoscaling:updatepolicy:rollingupdate", "RollingUpdateType")).toBe("Immutable");
    expect(option(stack, "aws:elasticbeanstalk:environment:process:default", "HealthCheckPath")).toBe("/health");
    expect(option(stack, "aws:elasticbeanstalk:environment:process:default", "MatcherHTTPCode")).toBe("200");
    expect(resource(stack, "aws_elastic_beanstalk_environment").wait_for_ready_timeout).toBe("45m");
  });

  it("is moved to newer platforms on Sunday nights, since an apply leaves the platform alone", () => {
    const stack = webApp();
    expect(option(stack, "aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled")).toBe("true");
    expect(option(stack, "aws:elasticbeanstalk:managedactions", "PreferredStartTime")).toBe("Sun:03:00");
    expect(option(stack, "aws:elasticbeanstalk:managedactions:platformupdate", "UpdateLevel")).toBe("minor");
    expect(resource(stack, "aws_elastic_beanstalk_environment").lifecycle).toEqual({
      ignore_changes: ["solution_stack_name"],
    });
  });

  it("starts instances by launch templates and IMDSv2 alone, in the subnets and groups that are given", () => {
    const stack = webApp({ securityGroupIds: ["sg-1", "sg-2"], vpcId: "vpc-9" });
    expect(option(stack, "aws:autoscaling:launchconfiguration", "DisableIMDSv1")).toBe("true");
    expect(option(stack, "aws:autoscaling:launchconfiguration", "RootVolumeType")).toBe("gp3");
    expect(option(stack, "aws:autoscaling:launchconfiguration", "SecurityGroups")).toBe("sg-1,sg-2");
    expect(option(webApp(), "aws:autoscaling:launchconfiguration", "SecurityGroups")).toBeUndefined();
    expect(option(stack, "aws:ec2:vpc", "VPCId")).toBe("vpc-9");
    expect(option(stack, "aws:ec2:vpc", "Subnets")).toBe("subnet-1,subnet-2");
    expect(option(stack, "aws:ec2:vpc", "ELBSubnets")).toBe("subnet-3,subnet-4");
    expect(option(stack, "aws:ec2:vpc", "AssociatePublicIpAddress")).toBe("false");
    expect(resource(stack, "aws_security_group").vpc_id).toBe("vpc-9");
  });

  it("runs as many instances as wanted, more of them when processors are busy", () => {
    const stack = webApp({ minInstances: 3, maxInstances: 7 });
    expect(option(stack, "aws:autoscaling:asg", "MinSize")).toBe("3");
    expect(option(stack, "aws:autoscaling:asg", "MaxSize")).toBe("7");
    expect(option(stack, "aws:autoscaling:trigger", "MeasureName")).toBe("CPUUtilization");
    expect(option(stack, "aws:autoscaling:trigger", "UpperThreshold")).toBe("60");
    expect(option(stack, "aws:autoscaling:trigger", "LowerThreshold")).toBe("25");
  });

  it.each([
    ["t4g.small", "arm64"],
    ["m7gd.large", "arm64"],
    ["im4gn.large", "arm64"],
    ["a1.large", "arm64"],
    ["t3.small", "x86_64"],
    ["g4dn.xlarge", "x86_64"],
  ])("starts %s instances from an image for %s", (type, architecture) => {
    const stack = webApp({ instanceTypes: [type] });
    expect(option(stack, "aws:ec2:instances", "InstanceTypes")).toBe(type);
    expect(option(stack, "aws:ec2:instances", "SupportedArchitectures")).toBe(architecture);
  });

  it("hands the app its variables", () => {
    const stack = webApp({ environment: { B: "2", A: "1" } });
    expect(
      settings(stack).filter(({ namespace }) => namespace === "aws:elasticbeanstalk:application:environment"),
    ).toEqual([
      { namespace: "aws:elasticbeanstalk:application:environment", name: "A", value: "1" },
      { namespace: "aws:elasticbeanstalk:application:environment", name: "B", value: "2" },
    ]);
  });

  it("streams its logs, and keeps them as long as wanted and longer than itself", () => {
    const stack = webApp({ logRetentionDays: 90 });
    expect(option(stack, "aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs")).toBe("true");
    expect(option(stack, "aws:elasticbeanstalk:cloudwatch:logs:health", "HealthStreamingEnabled")).toBe("true");
    for (const namespace of ["aws:elasticbeanstalk:cloudwatch:logs", "aws:elasticbeanstalk:cloudwatch:logs:health"]) {
      expect(option(stack, namespace, "RetentionInDays")).toBe("90");
      expect(option(stack, namespace, "DeleteOnTerminate")).toBe("false");
    }
  });

  it("has its requests written down by the load balancer", () => {
    const stack = webApp();
    expect(option(stack, "aws:elbv2:loadbalancer", "AccessLogsS3Enabled")).toBe("true");
    expect(option(stack, "aws:elbv2:loadbalancer", "AccessLogsS3Bucket")).toBe("logs");
    expect(option(stack, "aws:elbv2:loadbalancer", "AccessLogsS3Prefix")).toBe("load-balancers/web");
  });

  it("names its settings in one order, whatever the order they are given in, and as text", () => {
    const names = settings(webApp({ certificateArn })).map(({ namespace, name }) => `${namespace} ${name}`);
    expect(names).toEqual([...names].sort());
    expect(settings(webApp()).filter(({ value }) => typeof value !== "string")).toEqual([]);
    expect(settings(webApp({ environment: { A: "1", B: "2" } }))).toEqual(
      settings(webApp({ environment: { B: "2", A: "1" } })),
    );
  });

  it("without a certificate listens on HTTP, in a group of ours", () => {
    const stack = webApp({ cidr: "10.9.0.0/16" });
    expect(option(stack, "aws:elbv2:loadbalancer", "SecurityGroups")).toMatch(/^\$\{aws_security_group\..*\.id\}$/);
    expect(option(stack, "aws:elbv2:loadbalancer", "ManagedSecurityGroup")).toBe(
      option(stack, "aws:elbv2:loadbalancer", "SecurityGroups"),
    );
    expect(rules(stack, "ingress")).toEqual([["tcp", 80, 80, "0.0.0.0/0"]]);
    expect(rules(stack, "egress")).toEqual([["tcp", 80, 80, "10.9.0.0/16"]]);
    expect(option(stack, "aws:elbv2:listener:default", "ListenerEnabled")).toBeUndefined();
    expect(stack.resource.aws_lb_listener).toBeUndefined();
  });

  it("with a certificate listens on HTTPS by TLS 1.2 and 1.3, and sends plain HTTP on", () => {
    const stack = webApp({ certificateArn });
    expect(option(stack, "aws:elbv2:listener:443", "ListenerEnabled")).toBe("true");
    expect(option(stack, "aws:elbv2:listener:443", "Protocol")).toBe("HTTPS");
    expect(option(stack, "aws:elbv2:listener:443", "SSLCertificateArns")).toBe(certificateArn);
    expect(option(stack, "aws:elbv2:listener:443", "SSLPolicy")).toBe("ELBSecurityPolicy-TLS13-1-2-2021-06");
    expect(option(stack, "aws:elbv2:listener:default", "ListenerEnabled")).toBe("false");
    expect(rules(stack, "ingress")).toEqual([
      ["tcp", 80, 80, "0.0.0.0/0"],
      ["tcp", 443, 443, "0.0.0.0/0"],
    ]);
    expect(resource(stack, "aws_lb_listener")).toEqual(
      expect.objectContaining({
        load_balancer_arn: expect.stringMatching(
          /^\$\{element\(aws_elastic_beanstalk_environment\..*\.load_balancers, 0\)\}$/,
        ),
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
      }),
    );
  });

  const provider = {
    issuer: "https://login.example.com",
    authorizationEndpoint: "https://login.example.com/authorize",
    tokenEndpoint: "https://login.example.com/token",
    userInfoEndpoint: "https://login.example.com/userinfo",
    clientId: "darkroom",
    clientSecretName: "darkroom/secret",
  };
  const signedIn = (changes: object = {}) => webApp({ certificateArn, signIn: { ...provider, ...changes } });
  const template = (stack: Stack) => JSON.parse(String(resource(stack, "aws_cloudformation_stack").template_body));

  it("lets people sign in before any request of theirs reaches it, by a rule that CloudFormation makes", () => {
    const stack = signedIn();
    const made = resource(stack, "aws_cloudformation_stack");
    expect([made.name, made.iam_role_arn]).toEqual([
      "web-sign-in",
      expect.stringMatching(/^\$\{aws_iam_role\.web_sign-in_role_\w+\.arn\}$/),
    ]);
    expect(template(stack).Resources.SignIn).toEqual({
      Type: "AWS::ElasticLoadBalancingV2::ListenerRule",
      Properties: {
        ListenerArn: { Ref: "Listener" },
        Priority: 1,
        Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["*"] } }],
        Actions: [
          {
            Type: "authenticate-oidc",
            Order: 1,
            AuthenticateOidcConfig: {
              Issuer: "https://login.example.com",
              AuthorizationEndpoint: "https://login.example.com/authorize",
              TokenEndpoint: "https://login.example.com/token",
              UserInfoEndpoint: "https://login.example.com/userinfo",
              ClientId: "darkroom",
              ClientSecret: "{{resolve:secretsmanager:darkroom/secret:SecretString}}",
              Scope: "openid",
              SessionTimeout: "43200",
              OnUnauthenticatedRequest: "authenticate",
            },
          },
          { Type: "forward", Order: 2, TargetGroupArn: { Ref: "TargetGroup" } },
        ],
      },
    });
    expect(Object.values(stack.data?.aws_lb_listener ?? {})).toEqual([
      expect.objectContaining({
        load_balancer_arn: expect.stringMatching(/^\$\{local\..*load-balancer/),
        port: 443,
        depends_on: [expect.stringMatching(/^aws_vpc_security_group_ingress_rule\..*https-in/)],
      }),
    ]);
    expect(made.parameters).toEqual({
      Listener: expect.stringMatching(/^\$\{data\.aws_lb_listener\..*\.arn\}$/),
      TargetGroup: expect.stringMatching(/^\$\{data\.aws_lb_listener\..*\.default_action\[0\]\.target_group_arn\}$/),
    });
  });

  it("lets the load balancer reach the provider, and nothing else on the internet", () => {
    expect(rules(signedIn(), "egress")).toEqual([
      ["tcp", 443, 443, "0.0.0.0/0"],
      ["tcp", 80, 80, "10.0.0.0/16"],
    ]);
  });

  it("lets CloudFormation alone read the client's secret, in the version that is wanted", () => {
    const stack = signedIn({ clientSecretVersion: "00000000-0000-4000-8000-000000000001" });
    expect(template(stack).Resources.SignIn.Properties.Actions[0].AuthenticateOidcConfig.ClientSecret).toBe(
      "{{resolve:secretsmanager:darkroom/secret:SecretString:::00000000-0000-4000-8000-000000000001}}",
    );
    const readers = Object.entries(stack.resource.aws_iam_role_policy ?? {}).filter(([, { policy }]) =>
      String(policy).includes("secretsmanager:GetSecretValue"),
    );
    expect(readers.map(([id]) => id)).toEqual([expect.stringMatching(/^web_sign-in_role_rights/)]);
    const secret = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:darkroom/secret-??????";
    const statements = JSON.parse(String(readers[0]?.[1].policy)).Statement as { Sid: string }[];
    expect(statements.find(({ Sid }) => Sid === "ReadClientSecret")).toEqual({
      Sid: "ReadClientSecret",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: [secret],
    });
    expect(statements.find(({ Sid }) => Sid === "OpenClientSecret")).toEqual(
      expect.objectContaining({
        Condition: {
          StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" },
          StringLike: { "kms:EncryptionContext:SecretARN": secret },
        },
      }),
    );
    expect(
      JSON.parse(String(resource(stack, "aws_iam_role", "sign-in").assume_role_policy)).Statement[0].Principal,
    ).toEqual({
      Service: "cloudformation.amazonaws.com",
    });
  });

  const actions = (stack: Stack) =>
    (resource(stack, "aws_wafv2_web_acl").rule as Record<string, unknown>[]).map(
      ({ name, action, override_action }) => [name, action ?? override_action],
    );

  it("has no firewall and nobody signs in where neither is asked for", () => {
    const stack = webApp({ certificateArn });
    expect([stack.resource.aws_wafv2_web_acl, stack.resource.aws_cloudformation_stack]).toEqual([undefined, undefined]);
  });

  it("is behind a firewall that refuses, or only counts", () => {
    const groups = ["AmazonIpReputationList", "KnownBadInputsRuleSet", "CommonRuleSet"];
    const managed = (action: object) => groups.map((group) => [`AWSManagedRules${group}`, action]);
    const blocking = webApp({ firewall: { mode: "block", requestsPerFiveMinutes: 500 } });
    expect(actions(blocking)).toEqual([["too-many-requests", { block: {} }], ...managed({ none: {} })]);
    expect(actions(webApp({ firewall: { mode: "count", requestsPerFiveMinutes: 500 } }))).toEqual([
      ["too-many-requests", { count: {} }],
      ...managed({ count: {} }),
    ]);
    const { rule, default_action, name } = resource(blocking, "aws_wafv2_web_acl") as Record<string, unknown> & {
      rule: { statement: Record<string, unknown> }[];
    };
    expect([name, default_action]).toEqual(["web-firewall", { allow: {} }]);
    expect(rule[0]?.statement).toEqual({ rate_based_statement: { aggregate_key_type: "IP", limit: 500 } });
    expect(resource(blocking, "aws_wafv2_web_acl_association")).toEqual(
      expect.objectContaining({
        resource_arn: expect.stringMatching(/load_balancers, 0\)\}$/),
        web_acl_arn: expect.stringMatching(/^\$\{aws_wafv2_web_acl\..*\.arn\}$/),
      }),
    );
  });

  it.each([
    ["block", "BLOCK"],
    ["count", "COUNT"],
  ] as const)("in mode %s writes down what it answers with %s, without what people sign in with", (mode, action) => {
    const stack = webApp({ firewall: { mode, requestsPerFiveMinutes: 500 }, logRetentionDays: 90 });
    expect(resource(stack, "aws_cloudwatch_log_group")).toEqual(
      expect.objectContaining({
        name: "aws-waf-logs-web-firewall",
        retention_in_days: 90,
        kms_key_id: "arn:aws:kms:eu-central-1:111111111111:key/logs",
      }),
    );
    expect(resource(stack, "aws_wafv2_web_acl_logging_configuration")).toEqual(
      expect.objectContaining({
        log_destination_configs: [expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}$/)],
        resource_arn: expect.stringMatching(/^\$\{aws_wafv2_web_acl\..*\.arn\}$/),
        redacted_fields: [
          { query_string: {} },
          { single_header: { name: "authorization" } },
          { single_header: { name: "cookie" } },
        ],
        logging_filter: {
          default_behavior: "DROP",
          filter: [{ behavior: "KEEP", requirement: "MEETS_ANY", condition: [{ action_condition: { action } }] }],
        },
      }),
    );
  });

  it("takes images as bodies: rules that look into bodies, or refuse those above 8 kB, only count", () => {
    const rule = resource(webApp({ firewall: { mode: "block", requestsPerFiveMinutes: 500 } }), "aws_wafv2_web_acl")
      .rule as { name: string; statement: Record<string, { rule_action_override?: { name: string }[] }> }[];
    const common = rule.find(({ name }) => name === "AWSManagedRulesCommonRuleSet");
    expect(common?.statement.managed_rule_group_statement?.rule_action_override).toEqual(
      ["CrossSiteScripting", "EC2MetaDataSSRF", "GenericLFI", "GenericRFI", "SizeRestrictions"].map((start) => ({
        name: `${start}_BODY`,
        action_to_use: { count: {} },
      })),
    );
  });
});
