import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { policyDocument } from "./policy";

export interface EncryptionKeyProps {
  readonly alias: string;
  readonly description: string;
  readonly account: string;
  readonly region: string;
}

/**
 * A customer-managed KMS key, rotated every year, that can't be destroyed by an apply. The account's IAM policies decide who uses
 * it; CloudWatch Logs and alarms have no IAM role, so the key itself lets them in, for this account only
 * (CloudWatch Logs User Guide, "Encrypt log data using AWS KMS"; SNS Developer Guide, "Key management").
 */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;
  readonly arn: string;

  constructor(scope: Construct, id: string, { alias, description, account, region }: EncryptionKeyProps) {
    super(scope, id);
    this.key = new KmsKey(this, "Default", {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument([
        {
          sid: "AccountDecidesByIam",
          principals: { AWS: `arn:aws:iam::${account}:root` },
          actions: ["kms:*"],
          resources: ["*"],
        },
        {
          sid: "LogsOfThisAccount",
          principals: { Service: `logs.${region}.amazonaws.com` },
          actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          resources: ["*"],
          conditions: {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
          },
        },
        {
          sid: "AlarmsOfThisAccount",
          principals: { Service: "cloudwatch.amazonaws.com" },
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
          conditions: { StringEquals: { "aws:SourceAccount": account } },
        },
      ]),
      lifecycle: { preventDestroy: true },
    });
    new KmsAlias(this, "alias", { name: `alias/${alias}`, targetKeyId: this.key.keyId });
    this.arn = this.key.arn;
  }
}
