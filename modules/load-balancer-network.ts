import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface LoadBalancerNetworkProps {
  readonly name: string;
  readonly vpcId: string;
  /** Addresses of the VPC, where the instances are. */
  readonly cidr: string;
  /** Whether it listens on HTTPS; port 80 then only sends on to it. */
  readonly https: boolean;
  /** Whether it asks an identity provider, which is on the internet. */
  readonly signsIn: boolean;
}

const everywhere = "0.0.0.0/0";

/** What reaches a web app's load balancer and what it reaches: people from everywhere, instances of the VPC, an identity provider. */
export class LoadBalancerNetwork extends Construct {
  readonly groupId: string;
  /** What lets people in by HTTPS; undefined without HTTPS. */
  readonly httpsRule: ITerraformDependable | undefined;

  constructor(scope: Construct, id: string, { name, vpcId, cidr, https, signsIn }: LoadBalancerNetworkProps) {
    super(scope, id);
    const group = new SecurityGroup(this, "Default", {
      vpcId,
      name,
      description: "Load balancer of a web app",
      tags: { Name: name },
    });
    this.groupId = group.id;
    const tcp = (port: number) => ({
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });
    new VpcSecurityGroupIngressRule(this, "http-in", {
      ...tcp(80),
      cidrIpv4: everywhere,
      description: https ? "People who are sent on to HTTPS" : "People",
    });
    if (https) {
      const rule = { ...tcp(443), cidrIpv4: everywhere, description: "People" };
      this.httpsRule = new VpcSecurityGroupIngressRule(this, "https-in", rule);
    }
    new VpcSecurityGroupEgressRule(this, "instances", { ...tcp(80), cidrIpv4: cidr, description: "To the instances" });
    if (signsIn) {
      new VpcSecurityGroupEgressRule(this, "identity-provider", {
        ...tcp(443),
        cidrIpv4: everywhere,
        description: "To the identity provider",
      });
    }
  }
}
