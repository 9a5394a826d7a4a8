import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import { prefixes } from "../functions/common/layout";
import type { PolicyStatement } from "./policy";

export interface ContainerCallersProps {
  readonly name: string;
  readonly vpcId: string;
  /** Where Lambda's API is: the VPC's range with an interface endpoint, else 0.0.0.0/0 through NAT. */
  readonly lambdaApiCidr: string;
}

/** A security group whose members reach Lambda's API by HTTPS; it stands beside the one that lets them reach S3. */
export class ContainerCallers extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, { name, vpcId, lambdaApiCidr }: ContainerCallersProps) {
    super(scope, id);
    const group = new SecurityGroup(this, "Default", {
      vpcId,
      name,
      description: "Reaches the API of Lambda",
      tags: { Name: name },
    });
    new VpcSecurityGroupEgressRule(this, "https", {
      securityGroupId: group.id,
      description: "To the API of Lambda",
      cidrIpv4: lambdaApiCidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    this.groupId = group.id;
  }

  /** What callers may do: call this one function, and exchange large files with it. */
  static rights(functionArn: string, uploadsArn: string): PolicyStatement[] {
    return [
      { sid: "CallProcessing", actions: ["lambda:InvokeFunction"], resources: [functionArn] },
      {
        sid: "ExchangeFiles",
        actions: ["s3:GetObject", "s3:PutObject"],
        resources: [`${uploadsArn}/${prefixes.exchange}*`],
      },
    ];
  }
}
