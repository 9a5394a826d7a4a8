import { environmentWith, resource, type SynthesizedStack, synth } from "../support/synth";

const open = synth(environmentWith("prod"));
const closed = synth(
  environmentWith("prod", {
    "network.nat": "none",
    "network.interfaceEndpoints": ["sagemaker.api", "sagemaker.studio"],
  }),
);

type Direction = "egress" | "ingress";

/** The rules of a security group: whom it names, and the ports. */
const rules = ({ resource: resources }: SynthesizedStack, direction: Direction, part: string) =>
  Object.entries(resources[`aws_vpc_security_group_${direction}_rule`] ?? {})
    .filter(([id]) => id.startsWith(part))
    .map(([, rule]) => [
      rule.ip_protocol,
      rule.from_port,
      rule.to_port,
      rule.cidr_ipv4 ?? String(rule.referenced_security_group_id ?? rule.prefix_list_id).replace(/_Default_\w+/, ""),
    ]);
const reference = (group: string) => "$".concat(`{aws_security_group.${group}.id}`);

const ways = [
  ["tcp", 443, 443, "10.40.0.0/16"],
  ["tcp", 443, 443, expect.stringContaining("s3")],
] as const;

describe("jobs and models", () => {
  const groups = ["image-analysts", "image-scientists"];
  const within = (group: string) => ["-1", undefined, undefined, reference(`jobs-${group}`)];

  it.each(groups)(
    "of %s are in a security group of their own, by which they reach each other, and no others",
    (group) => {
      const [endpoints, s3] = ways;
      expect(rules(closed.analytics, "egress", `jobs-${group}`)).toEqual([endpoints, within(group), s3]);
      expect(rules(open.analytics, "egress", `jobs-${group}`)).toEqual([
        endpoints,
        ["tcp", 443, 443, "0.0.0.0/0"],
        within(group),
        s3,
      ]);
      expect(rules(open.analytics, "ingress", `jobs-${group}`)).toEqual([within(group)]);
    },
  );

  it.each(groups)("of %s start in no other", (group) => {
    const policy = String(resource(open.analytics, "aws_iam_role_policy", `analysts-${group}`).policy);
    const statements = JSON.parse(policy).Statement as { Sid: string; Condition: unknown }[];
    expect(statements.find(({ Sid }) => Sid === "OnlyThisSecurityGroup")?.Condition).toEqual({
      "ForAnyValue:StringNotEquals": { "sagemaker:VpcSecurityGroupIds": reference(`jobs-${group}`) },
    });
  });
});

describe("notebooks", () => {
  const home = ["tcp", 2049, 2049, reference("studio-network")];
  const [endpoints, s3] = ways;

  it("reach the home file system, S3 and endpoints, and by HTTPS the internet only where the VPC has NAT", () => {
    expect(rules(closed.analytics, "egress", "studio-network")).toEqual([endpoints, home, s3]);
    expect(rules(open.analytics, "egress", "studio-network")).toEqual([
      endpoints,
      home,
      ["tcp", 443, 443, "0.0.0.0/0"],
      s3,
    ]);
  });

  it("are reached by nobody, since apps answer one another without authentication", () => {
    expect(rules(open.analytics, "ingress", "studio-network")).toEqual([home]);
  });
});

describe("apps in Studio", () => {
  it("reach those of the same person alone, by a security group of the person's own", () => {
    for (const person of ["ada-okafor", "ben-lind", "chen-wei"]) {
      const own = [["tcp", 8192, 65535, reference(`apps-${person}`)]];
      expect(rules(open.analytics, "ingress", `apps-${person}`)).toEqual(own);
      expect(rules(open.analytics, "egress", `apps-${person}`)).toEqual(own);
      const { security_groups: groups } = resource(open.analytics, "aws_sagemaker_user_profile", `profile-${person}`)
        .user_settings as { security_groups: string[] };
      expect(groups.map((group) => group.replace(/_Default_\w+/, ""))).toEqual([
        reference("studio-network"),
        reference(`apps-${person}`),
      ]);
    }
  });
});

describe("endpoints", () => {
  const services = (stack: SynthesizedStack, type: string) =>
    Object.values(stack.resource.aws_vpc_endpoint ?? {}).filter(({ vpc_endpoint_type }) => vpc_endpoint_type === type);

  it("of Studio's own service are called as AWS calls them", () => {
    expect(services(closed.network, "Interface").map(({ service_name }) => service_name)).toEqual([
      "com.amazonaws.eu-central-1.sagemaker.api",
      "aws.sagemaker.eu-central-1.studio",
    ]);
  });

  it("of S3 let everything through that a role may fetch, JumpStart's bucket too", () => {
    const [s3] = services(open.network, "Gateway").filter(({ service_name }) => /\.s3$/.test(String(service_name)));
    expect(s3).toMatchObject({ service_name: "com.amazonaws.eu-central-1.s3" });
    expect(s3).not.toHaveProperty("policy");
  });
});
