import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { ServiceRole } from "./service-role";

export interface VpcProps {
  readonly vpcName: string;
  /** Private IPv4 range, /16 to /20. */
  readonly cidr: string;
  readonly account: string;
  /** Gets a record of every connection, accepted or refused. */
  readonly flowLogGroup: CloudwatchLogGroup;
}

/** A VPC whose default security group lets nothing through and whose traffic is logged. */
export class Vpc extends Construct {
  readonly vpc: AwsVpc;

  constructor(scope: Construct, id: string, { vpcName, cidr, account, flowLogGroup }: VpcProps) {
    super(scope, id);
    this.vpc = new AwsVpc(this, "Default", {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: vpcName },
    });
    new DefaultSecurityGroup(this, "closed", { vpcId: this.vpc.id, tags: { Name: `${vpcName}-closed` } });
    const writer = new ServiceRole(this, "flow-log-writer", {
      roleName: `${vpcName}-flow-log`,
      service: "vpc-flow-logs.amazonaws.com",
      account,
      statements: [
        {
          sid: "WriteFlowLog",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          resources: [`${flowLogGroup.arn}:*`],
        },
        { sid: "FindFlowLog", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      ],
    });
    new FlowLog(this, "flow-log", {
      vpcId: this.vpc.id,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: flowLogGroup.arn,
      iamRoleArn: writer.role.arn,
      tags: { Name: vpcName },
    });
  }
}
