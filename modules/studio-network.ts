import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { letOut, type WaysOut } from "./ways-out";

export interface StudioNetworkProps extends WaysOut {
  readonly name: string;
  readonly vpcId: string;
}

/** NFS, to the home file system. */
const home = 2049;

/**
 * The security group of all notebooks: they reach the home file system, S3 and the VPC's endpoints, and by HTTPS the internet where there
 * is NAT. No app reaches another by it: what may is in a group of each person's own (SageMaker AI Developer Guide, "Connect Amazon
 * SageMaker Studio in a VPC to External Resources", which warns that apps answer to one another without authentication). Jobs have groups
 * of their own, one a group of analysts (job-network.ts).
 */
export class StudioNetwork extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { name, vpcId, ...ways }: StudioNetworkProps) {
    super(scope, id);
    // Of the time when jobs were in it, too: AWS changes no description, and another group can't take its place while notebooks run.
    const description = "Notebooks and jobs of the analytics team";
    const group = new SecurityGroup(this, "Default", { vpcId, name, description, tags: { Name: name } });
    const members = { securityGroupId: group.id, referencedSecurityGroupId: group.id };
    const files = { ...members, ipProtocol: "tcp", fromPort: home, toPort: home, description: "Studio home" };
    new VpcSecurityGroupIngressRule(this, "home-in", files);
    new VpcSecurityGroupEgressRule(this, "home-out", files);
    letOut(this, group.id, ways);
    this.groupId = group.id;
  }
}
