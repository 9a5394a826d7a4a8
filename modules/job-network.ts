import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { letOut, type WaysOut } from "./ways-out";

export interface JobNetworkProps extends WaysOut {
  readonly name: string;
  readonly vpcId: string;
}

/**
 * The security group of one group's jobs and models, whose instances reach each other by whatever they like, as jobs of several instances
 * must: by TCP, encrypted by UDP 500 and ESP, and with an Elastic Fabric Adapter by all (SageMaker AI Developer Guide, "Give SageMaker AI
 * Training Jobs Access to Resources in Your Amazon VPC", "Configure the VPC Security Group"; "Protect Communications Between ML Compute
 * Instances in a Distributed Training Job"). They reach nobody's notebooks, no other group's jobs and not the home file system, and are
 * reached by none of these.
 */
export class JobNetwork extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { name, vpcId, ...ways }: JobNetworkProps) {
    super(scope, id);
    const description = "Jobs and models of one group of analysts";
    const { id: groupId } = new SecurityGroup(this, "Default", { vpcId, name, description, tags: { Name: name } });
    const rule = { securityGroupId: groupId, referencedSecurityGroupId: groupId, ipProtocol: "-1" };
    new VpcSecurityGroupIngressRule(this, "jobs-in", { ...rule, description: "Instances of the group's jobs" });
    new VpcSecurityGroupEgressRule(this, "jobs-out", { ...rule, description: "Instances of the group's jobs" });
    letOut(this, groupId, ways);
    this.groupId = groupId;
  }
}
