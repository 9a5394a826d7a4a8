import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface StudioPersonNetworkProps {
  readonly name: string;
  readonly vpcId: string;
}

/** Ports on which apps of Studio talk to each other. */
const apps = { fromPort: 8192, toPort: 65535 };

/**
 * The security group of one person's apps in Studio, which reach each other and nobody else's: with one for all, everybody could work in
 * everybody's notebooks, with their rights (SageMaker AI Developer Guide, "Connect Amazon SageMaker Studio in a VPC to External Resources").
 */
export class StudioPersonNetwork extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { name, vpcId }: StudioPersonNetworkProps) {
    super(scope, id);
    const description = "Apps of one person in Studio, among themselves";
    const { id: groupId } = new SecurityGroup(this, "Default", { vpcId, name, description, tags: { Name: name } });
    const rule = { securityGroupId: groupId, referencedSecurityGroupId: groupId, ipProtocol: "tcp", ...apps };
    new VpcSecurityGroupIngressRule(this, "apps-in", { ...rule, description: "Studio apps" });
    new VpcSecurityGroupEgressRule(this, "apps-out", { ...rule, description: "Studio apps" });
    this.groupId = groupId;
  }
}
