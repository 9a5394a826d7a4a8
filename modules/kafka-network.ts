import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface KafkaNetworkProps {
  readonly name: string;
  readonly vpcId: string;
  /** S3, where Lambda's pollers put records they gave up on. */
  readonly s3PrefixListId: string;
}

/** Port of MSK with IAM authentication inside a VPC (MSK Developer Guide, "Port information"). */
const iamPort = 9098;

/**
 * Two security groups: `brokers`, and `clients`, whose members reach the brokers and nothing else by it. Lambda's pollers use the
 * brokers' own group, which therefore lets itself in (Lambda Developer Guide, "Configuring your Amazon MSK cluster and VPC for Lambda").
 */
export class KafkaNetwork extends Construct {
  readonly brokers: SecurityGroup;
  readonly clients: SecurityGroup;

  constructor(scope: Construct, id: string, { name, vpcId, s3PrefixListId }: KafkaNetworkProps) {
    super(scope, id);
    const group = (part: string, description: string) =>
      new SecurityGroup(this, part, {
        vpcId,
        name: `${name}-${part}`,
        description,
        tags: { Name: `${name}-${part}` },
      });
    this.brokers = group("brokers", "Kafka brokers and the pollers of Lambda");
    this.clients = group("clients", "May connect to the Kafka brokers");

    const kafka = { ipProtocol: "tcp", fromPort: iamPort, toPort: iamPort };
    const connections: [string, SecurityGroup, SecurityGroup, string][] = [
      ["pollers", this.brokers, this.brokers, "Pollers of Lambda to brokers"],
      ["producers", this.clients, this.brokers, "Clients to brokers"],
    ];
    for (const [part, from, to, description] of connections) {
      new VpcSecurityGroupIngressRule(this, `${part}-in`, {
        ...kafka,
        securityGroupId: to.id,
        referencedSecurityGroupId: from.id,
        description,
      });
      new VpcSecurityGroupEgressRule(this, `${part}-out`, {
        ...kafka,
        securityGroupId: from.id,
        referencedSecurityGroupId: to.id,
        description,
      });
    }
    new VpcSecurityGroupEgressRule(this, "pollers-to-s3", {
      securityGroupId: this.brokers.id,
      prefixListId: s3PrefixListId,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "Pollers of Lambda to S3",
    });
  }
}
