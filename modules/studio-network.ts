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
  /** Whether the VPC has NAT, by which notebooks and jobs then reach the internet, and AWS where there is no endpoint. */
  readonly nat: boolean;
}

/** NFS, to the home file system. */
const home = 2049;

/**
 * The security group of all notebooks and jobs: they reach the home file system, S3 and the VPC's endpoints, and by HTTPS the internet where
 * there is NAT. No app reaches another by it: what may is in a group of each person's own (SageMaker AI Developer Guide, "Connect Amazon
 * SageMaker Studio in a VPC to External Resources", which warns that apps answer to one another without authentication).
 */
export class StudioNetwork extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { name, vpcId, cidr, s3PrefixListId, nat }: StudioNetworkProps) {
    super(scope, id);
    const description = "Notebooks and jobs of the analytics team";
    const group = new SecurityGroup(this, "Default", { vpcId, name, description, tags: { Name: name } });
    const securityGroupId = group.id;
    const tcp = (port: number) => ({ securityGroupId, ipProtocol: "tcp", fromPort: port, toPort: port });
    const files = { ...tcp(home), referencedSecurityGroupId: group.id, description: "Studio home" };
    new VpcSecurityGroupIngressRule(this, "home-in", files);
    new VpcSecurityGroupEgressRule(this, "home-out", files);
    const https = tcp(443);
    new VpcSecurityGroupEgressRule(this, "s3", { ...https, prefixListId: s3PrefixListId, description: "To S3" });
    new VpcSecurityGroupEgressRule(this, "endpoints", {
      ...https,
      cidrIpv4: cidr,
      description: "To the VPC's endpoints",
    });
    if (nat) {
      new VpcSecurityGroupEgressRule(this, "internet", {
        ...https,
        cidrIpv4: "0.0.0.0/0",
        description: "To the internet through NAT",
      });
    }
    this.groupId = group.id;
  }
}
