import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { EncryptionKey } from "../modules/encryption-key";
import { bucketName } from "../modules/names";
import { PrivateBucket } from "../modules/private-bucket";
import { BaseStack } from "./base-stack";

/** Days that overwritten states can be brought back. */
const oldStateDays = 90;
/** Days that a reviewed plan can wait for its apply. */
const planDays = 30;

/** What must be there before any other stack: where state and reviewed plans are kept, and the key that encrypts them. */
export class BootstrapStack extends BaseStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "bootstrap");
    const { account, region } = environment;
    const { arn: kmsKeyArn } = new EncryptionKey(this, "key", {
      alias: this.named("state"),
      description: `Terraform state and plans of ${environment.name}`,
      account,
      region,
    });
    new PrivateBucket(this, "state", {
      bucketName: bucketName(environment, "state"),
      kmsKeyArn,
      oldVersionDays: oldStateDays,
      expiry: [],
    });
    new PrivateBucket(this, "plans", {
      bucketName: bucketName(environment, "plans"),
      kmsKeyArn,
      expiry: [{ id: "plans", prefix: "", days: planDays }],
    });
  }
}
