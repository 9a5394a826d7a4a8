import { WebApp, type WebAppProps } from "../../modules/web-app";
import { synthConstruct } from "../support/construct";
import { resource } from "../support/synth";

const webApp = (props: Partial<WebAppProps> = {}) =>
  synthConstruct((scope) => {
    new WebApp(scope, "web", {
      name: "web",
      account: "111111111111",
      vpcId: "vpc-1",
      instanceSubnetIds: ["subnet-1"],
      loadBalancerSubnetIds: ["subnet-2"],
      securityGroupIds: [],
      instanceTypes: ["t4g.small"],
      minInstances: 1,
      maxInstances: 2,
      environment: {},
      logRetentionDays: 30,
      statements: [{ sid: "Put", actions: ["s3:PutObject"], resources: ["arn:aws:s3:::uploads/*"] }],
      ...props,
    });
  });
const option = (stack: ReturnType<typeof webApp>, namespace: string, name: string) =>
  (resource(stack, "aws_elastic_beanstalk_environment").setting as Record<string, string>[]).find(
    (setting) => setting.namespace === namespace && setting.name === name,
  )?.value;

describe("WebApp", () => {
  it("lets its instances report their health, without which the environment never turns healthy", () => {
    const stack = webApp();
    expect(option(stack, "aws:elasticbeanstalk:healthreporting:system", "SystemType")).toBe("enhanced");
    expect(Object.values(stack.resource.aws_iam_role_policy_attachment ?? {})).toContainEqual(
      expect.objectContaining({
        role: expect.stringMatching(/^\$\{aws_iam_role\.web_instance-role_\w+\.name\}$/),
        policy_arn: "arn:aws:iam::aws:policy/AWSElasticBeanstalkWebTier",
      }),
    );
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

  it.each([
    ["t4g.small", "arm64"],
    ["m7gd.large", "arm64"],
    ["im4gn.large", "arm64"],
    ["a1.large", "arm64"],
    ["t3.small", "x86_64"],
    ["g4dn.xlarge", "x86_64"],
  ])("starts %s instances from an image for %s", (type, architecture) => {
    expect(option(webApp({ instanceTypes: [type] }), "aws:ec2:instances", "SupportedArchitectures")).toBe(architecture);
  });
});
