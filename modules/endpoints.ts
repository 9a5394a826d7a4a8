import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface EndpointsProps {
  readonly vpcName: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly region: string;
  readonly routeTableIds: string[];
  readonly subnetIds: string[];
  /** Services reached through interface endpoints, by the last part of the service name, for example `sts`. */
  readonly interfaceServices: readonly string[];
}

/** Studio's own service alone is called otherwise (SageMaker AI Developer Guide, "Connect to Amazon SageMaker Studio Through an Interface VPC Endpoint"). */
const serviceName = (region: string, service: string): string =>
  service === "sagemaker.studio" ? `aws.sagemaker.${region}.studio` : `com.amazonaws.${region}.${service}`;

/**
 * The ways to AWS that do not leave the network: gateway endpoints for S3 and DynamoDB (free of charge), and an interface endpoint for each
 * service named (VPC User Guide, "AWS PrivateLink"). That of S3 has no policy: what a role may fetch stands in its own, and JumpStart's
 * models are in a bucket of AWS.
 */
export class Endpoints extends Construct {
  /** For egress rules that let through S3 and nothing else. */
  readonly s3PrefixListId: string;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const gateway = (service: string) =>
      new VpcEndpoint(this, service, {
        vpcId: props.vpcId,
        serviceName: serviceName(props.region, service),
        vpcEndpointType: "Gateway",
        routeTableIds: props.routeTableIds,
        tags: { Name: `${props.vpcName}-${service}` },
      });
    this.s3PrefixListId = gateway("s3").prefixListId;
    gateway("dynamodb");

    if (props.interfaceServices.length === 0) return;
    const group = new SecurityGroup(this, "callers", {
      vpcId: props.vpcId,
      name: `${props.vpcName}-endpoints`,
      description: "HTTPS from within the VPC to interface endpoints",
      tags: { Name: `${props.vpcName}-endpoints` },
    });
    new VpcSecurityGroupIngressRule(this, "https", {
      securityGroupId: group.id,
      description: "HTTPS from within the VPC",
      cidrIpv4: props.cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    for (const service of props.interfaceServices) {
      new VpcEndpoint(this, service.replaceAll(".", "-"), {
        vpcId: props.vpcId,
        serviceName: serviceName(props.region, service),
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: props.subnetIds,
        securityGroupIds: [group.id],
        tags: { Name: `${props.vpcName}-${service}` },
      });
    }
  }
}
