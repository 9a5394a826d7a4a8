import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Fn } from "cdktf";
import { Construct } from "constructs";

export interface SubnetsProps {
  readonly vpcName: string;
  readonly vpcId: string;
  /** Range of the VPC; every subnet gets a sixteenth of it. */
  readonly cidr: string;
  /** 2 or 3. */
  readonly zones: number;
  readonly nat: "none" | "one" | "one-per-zone";
}

const tiers = ["public", "private", "isolated"] as const;
type Tier = (typeof tiers)[number];

/** Bits by which a subnet's prefix is longer than the VPC's: sixteen ranges, of which at most nine are taken. */
const subnetBits = 4;
const everywhere = "0.0.0.0/0";

/**
 * Three tiers of subnets over the zones: public (load balancers, NAT), private (functions, web apps, notebooks; out through NAT where there
 * is one) and isolated (Kafka; no way out at all). The order of ranges is fixed: changing it would replace every subnet.
 */
export class Subnets extends Construct {
  readonly publicIds: string[];
  readonly privateIds: string[];
  readonly isolatedIds: string[];
  /** One a zone and tier that has its own way out; gateway endpoints add their routes to them. */
  readonly routeTableIds: string[];

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const zones = new DataAwsAvailabilityZones(this, "zones", {
      state: "available",
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });
    const zoneNumbers = Array.from({ length: props.zones }, (_, zone) => zone);
    const subnets = (tier: Tier) =>
      zoneNumbers.map(
        (zone) =>
          new Subnet(this, `${tier}-${zone + 1}`, {
            vpcId: props.vpcId,
            availabilityZone: Fn.element(zones.names, zone),
            cidrBlock: Fn.cidrsubnet(props.cidr, subnetBits, tiers.indexOf(tier) * zoneNumbers.length + zone),
            mapPublicIpOnLaunch: false,
            tags: { Name: `${props.vpcName}-${tier}-${zone + 1}` },
          }),
      );
    const [publicSubnets, privateSubnets, isolatedSubnets] = [
      subnets("public"),
      subnets("private"),
      subnets("isolated"),
    ];
    const table = (name: string, members: Subnet[]) => {
      const routeTable = new RouteTable(this, name, { vpcId: props.vpcId, tags: { Name: `${props.vpcName}-${name}` } });
      members.forEach((subnet) => {
        new RouteTableAssociation(this, `${subnet.node.id}-routes`, {
          subnetId: subnet.id,
          routeTableId: routeTable.id,
        });
      });
      return routeTable;
    };

    const internet = new InternetGateway(this, "internet", { vpcId: props.vpcId, tags: { Name: props.vpcName } });
    const publicTable = table("public-table", publicSubnets);
    new Route(this, "public-out", {
      routeTableId: publicTable.id,
      destinationCidrBlock: everywhere,
      gatewayId: internet.id,
    });

    const natZones = { none: 0, one: 1, "one-per-zone": props.zones }[props.nat];
    const gateways = publicSubnets.slice(0, natZones).map((subnet, zone) => {
      const address = new Eip(this, `nat-address-${zone + 1}`, {
        domain: "vpc",
        tags: { Name: `${props.vpcName}-nat-${zone + 1}` },
        dependsOn: [internet],
      });
      return new NatGateway(this, `nat-${zone + 1}`, {
        allocationId: address.id,
        subnetId: subnet.id,
        tags: { Name: `${props.vpcName}-${zone + 1}` },
      });
    });
    const privateTables = privateSubnets.map((subnet, zone) => {
      const routeTable = table(`private-table-${zone + 1}`, [subnet]);
      const gateway = gateways[zone] ?? gateways[0];
      if (gateway) {
        new Route(this, `private-${zone + 1}-out`, {
          routeTableId: routeTable.id,
          destinationCidrBlock: everywhere,
          natGatewayId: gateway.id,
        });
      }
      return routeTable;
    });
    const isolatedTable = table("isolated-table", isolatedSubnets);

    this.publicIds = publicSubnets.map((subnet) => subnet.id);
    this.privateIds = privateSubnets.map((subnet) => subnet.id);
    this.isolatedIds = isolatedSubnets.map((subnet) => subnet.id);
    this.routeTableIds = [...privateTables, isolatedTable].map((routeTable) => routeTable.id);
  }
}
