import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { Construct } from "constructs";

/** Where notebooks and jobs get to from a VPC. */
export interface WaysOut {
  /** Range of the VPC, where the interface endpoints are. */
  readonly cidr: string;
  readonly s3PrefixListId: string;
  /** Whether the VPC has NAT, by which notebooks and jobs then reach the internet, and AWS where there is no endpoint. */
  readonly nat: boolean;
}

/** Lets a security group's members reach S3 and the VPC's endpoints, and by HTTPS the internet where there is NAT. */
export function letOut(scope: Construct, securityGroupId: string, { cidr, s3PrefixListId, nat }: WaysOut): void {
  const https = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  new VpcSecurityGroupEgressRule(scope, "s3", { ...https, prefixListId: s3PrefixListId, description: "To S3" });
  new VpcSecurityGroupEgressRule(scope, "endpoints", {
    ...https,
    cidrIpv4: cidr,
    description: "To the VPC's endpoints",
  });
  if (nat) {
    new VpcSecurityGroupEgressRule(scope, "internet", {
      ...https,
      cidrIpv4: "0.0.0.0/0",
      description: "To the internet through NAT",
    });
  }
}
