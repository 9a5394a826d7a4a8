import { MskServerlessCluster } from "@cdktf/provider-aws/lib/msk-serverless-cluster";
import { Construct } from "constructs";

export interface KafkaServerlessProps {
  readonly clusterName: string;
  /** One a zone. */
  readonly subnetIds: string[];
  readonly securityGroupId: string;
}

/** An MSK Serverless cluster: AWS sizes it, only IAM identities reach it, and an apply can't destroy it. */
export class KafkaServerless extends Construct {
  readonly cluster: MskServerlessCluster;
  readonly arn: string;

  constructor(scope: Construct, id: string, { clusterName, subnetIds, securityGroupId }: KafkaServerlessProps) {
    super(scope, id);
    this.cluster = new MskServerlessCluster(this, "Default", {
      clusterName,
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfig: [{ subnetIds, securityGroupIds: [securityGroupId] }],
      lifecycle: { preventDestroy: true },
    });
    this.arn = this.cluster.arn;
  }
}
