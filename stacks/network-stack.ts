import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { Endpoints } from "../modules/endpoints";
import { LogGroup } from "../modules/log-group";
import { Subnets } from "../modules/subnets";
import { Vpc } from "../modules/vpc";
import { BaseStack } from "./base-stack";
import type { DataStack } from "./data-stack";

/** The VPC that everything of an environment lives in. */
export class NetworkStack extends BaseStack {
  readonly vpcId: string;
  readonly subnets: Subnets;
  readonly endpoints: Endpoints;

  constructor(scope: Construct, environment: Environment, data: DataStack) {
    super(scope, environment, "network");
    const { account, network, region, retention } = environment;
    const vpcName = this.named("vpc");
    const { group } = new LogGroup(this, "flow-log", {
      logGroupName: `/darkroom/${environment.name}/flow-log`,
      retentionDays: retention.logDays,
      kmsKeyArn: data.key.arn,
    });
    const { vpc } = new Vpc(this, "vpc", { vpcName, cidr: network.cidr, account, flowLogGroup: group });
    this.vpcId = vpc.id;
    this.subnets = new Subnets(this, "subnets", {
      vpcName,
      vpcId: vpc.id,
      cidr: network.cidr,
      zones: network.zones,
      nat: network.nat,
    });
    this.endpoints = new Endpoints(this, "endpoints", {
      vpcName,
      vpcId: vpc.id,
      cidr: network.cidr,
      region,
      routeTableIds: this.subnets.routeTableIds,
      subnetIds: this.subnets.privateIds,
      interfaceServices: network.interfaceEndpoints,
    });
  }
}
