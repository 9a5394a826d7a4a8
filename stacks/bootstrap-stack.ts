import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { EncryptionKey } from "../modules/encryption-key";
import { bucketName } from "../modules/names";
import { PrivateBucket } from "../modules/private-bucket";
import { planPrefixes, writeOnce } from "../modules/write-once";
import { BaseStack } from "./base-stack";
import { buildWorkflowAccess } from "./workflow-access";

/** Days that overwritten states can be brought back. */
const oldStateDays = 90;
/** Days that a reviewed plan can wait for its apply. */
const planDays = 30;

/** What must be there before any other stack: where state and reviewed plans are kept, the key that encrypts them, and who gets in. */
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
    const plansName = bucketName(environment, "plans");
    new PrivateBucket(this, "plans", {
      bucketName: plansName,
      kmsKeyArn,
      expiry: [{ id: "plans", prefix: planPrefixes.reviews, days: planDays }],
      statements: writeOnce(`arn:aws:s3:::${plansName}`),
    });
    buildWorkflowAccess(this, environment, kmsKeyArn);
  }
}
