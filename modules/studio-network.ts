import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface StudioNetworkProps {
  readonly name: string;
  readonly vpcId: string;
  /** Range of the VPC, where the interface endpoints are. */
  readonly cidr: string;
  readonly s3PrefixListId: string;
}

/** Ports between the apps of a Studio domain and its home file system (SageMaker Developer Guide, "Connect Studio to resources in a VPC"). */
const amongApps = [
  ["home", 2049, 2049],
  ["apps", 8192, 65535],
] as const;

/** The security group of notebooks: they reach each other, their home file system, S3 and the VPC's endpoints; nothing else. */
export class StudioNetwork extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { name, vpcId, cidr, s3PrefixListId }: StudioNetworkProps) {
    super(scope, id);
    const description = "Notebooks and jobs of the analytics team";
    const group = new SecurityGroup(this, "Default", { vpcId, name, description, tags: { Name: name } });
    const securityGroupId = group.id;
    for (const [part, fromPort, toPort] of amongApps) {
      const rule = { securityGroupId, referencedSecurityGroupId: group.id, ipProtocol: "tcp", fromPort, toPort };
      new VpcSecurityGroupIngressRule(this, `${part}-in`, { ...rule, description: `Studio ${part}` });
      new VpcSecurityGroupEgressRule(this, `${part}-out`, { ...rule, description: `Studio ${part}` });
    }
    const https = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new VpcSecurityGroupEgressRule(this, "s3", { ...https, prefixListId: s3PrefixListId, description: "To S3" });
    new VpcSecurityGroupEgressRule(this, "endpoints", {
      ...https,
      cidrIpv4: cidr,
      description: "To the VPC's endpoints",
    });
    this.groupId = group.id;
  }
}
