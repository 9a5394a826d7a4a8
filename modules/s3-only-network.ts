import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";

export interface S3OnlyNetworkProps {
  readonly name: string;
  readonly vpcId: string;
  readonly s3PrefixListId: string;
}

/** A security group whose members reach S3 and nothing else, and that nothing reaches. */
export class S3OnlyNetwork extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { name, vpcId, s3PrefixListId }: S3OnlyNetworkProps) {
    super(scope, id);
    const group = new SecurityGroup(this, "Default", {
      vpcId,
      name,
      description: "Reaches S3 and nothing else",
      tags: { Name: name },
    });
    new VpcSecurityGroupEgressRule(this, "s3", {
      securityGroupId: group.id,
      prefixListId: s3PrefixListId,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "To S3",
    });
    this.groupId = group.id;
  }
}
