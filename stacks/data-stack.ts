import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { prefixes } from "../functions/common/layout";
import { analystPlaces } from "../modules/analyst-places";
import { EncryptionKey } from "../modules/encryption-key";
import { type BucketPart, bucketName } from "../modules/names";
import { PrivateBucket, type PrivateBucketProps } from "../modules/private-bucket";
import { RunLockTable } from "../modules/run-lock-table";
import { loadBalancerLogs } from "../modules/web-app-options";
import { BaseStack } from "./base-stack";

/** Everything that is kept: the key, the buckets with the administrator's numbers of days, the table of run locks. */
export class DataStack extends BaseStack {
  readonly key: EncryptionKey;
  readonly uploads: PrivateBucket;
  readonly processed: PrivateBucket;
  readonly quarantine: PrivateBucket;
  readonly logs: PrivateBucket;
  /** Bundles of the web apps, and the analysts' starter notebooks. */
  readonly apps: PrivateBucket;
  /** What analysts make: results of queries, models. */
  readonly analysts: PrivateBucket;
  readonly runLocks: RunLockTable;

  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "data");
    const { account, analytics, region, retention, webApps } = environment;
    this.key = new EncryptionKey(this, "key", {
      alias: this.named("data"),
      description: `Images, records, queues and logs of ${environment.name}`,
      account,
      region,
    });
    const kmsKeyArn = this.key.arn;
    const name = (part: BucketPart) => bucketName(environment, part);
    this.logs = new PrivateBucket(this, "logs", {
      bucketName: name("logs"),
      expiry: [{ id: "logs", prefix: "", days: retention.logDays }],
      statements: [
        {
          sid: "AccessLogsOfThisAccount",
          principals: { Service: "logging.s3.amazonaws.com" },
          actions: ["s3:PutObject"],
          resources: [`arn:aws:s3:::${name("logs")}/access/*`],
          conditions: { StringEquals: { "aws:SourceAccount": account } },
        },
        // For load balancers of all regions (Application Load Balancers User Guide, "Enable access logs", bucket policy).
        {
          sid: "LoadBalancersOfThisAccount",
          principals: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          actions: ["s3:PutObject"],
          resources: [`arn:aws:s3:::${name("logs")}/${loadBalancerLogs}*/AWSLogs/${account}/*`],
        },
      ],
    });
    const bucket = (
      part: BucketPart,
      props: Omit<PrivateBucketProps, "bucketName" | "kmsKeyArn" | "accessLogBucket">,
    ) =>
      new PrivateBucket(this, part, { ...props, bucketName: name(part), kmsKeyArn, accessLogBucket: this.logs.bucket });
    this.uploads = bucket("uploads", {
      oldVersionDays: 1,
      uploadOrigins: [
        ...[webApps.upload.domain, webApps.stream.domain].flatMap((domain) => (domain ? [`https://${domain}`] : [])),
        ...(webApps.upload.origins ?? []),
      ],
      expiry: [
        { id: "originals", prefix: prefixes.originals, days: retention.originalsDays },
        // Files on their way to and from a container image: of no use after the call.
        { id: "exchange", prefix: prefixes.exchange, days: 1 },
        { id: "claims", prefix: prefixes.claims, days: retention.originalsDays },
      ],
    });
    // Not versioned: a removed image is gone on the day the administrator was told.
    this.processed = bucket("processed", {
      expiry: [{ id: "processed", prefix: "", days: retention.processedDays }],
    });
    this.quarantine = bucket("quarantine", {
      expiry: [{ id: "quarantine", prefix: "", days: retention.quarantineDays }],
    });
    // Code without images or secrets. S3's own keys, as Beanstalk fetches it in the name of whoever deploys, who may not use the data's.
    this.apps = new PrivateBucket(this, "apps", {
      bucketName: name("apps"),
      expiry: [],
      accessLogBucket: this.logs.bucket,
    });
    this.analysts = bucket("analysts", {
      expiry: [
        { id: "queries", prefix: analystPlaces.queries, days: analytics.queries.resultDays },
        ...(analytics.modelDays ? [{ id: "models", prefix: analystPlaces.models, days: analytics.modelDays }] : []),
      ],
    });
    this.runLocks = new RunLockTable(this, "run-locks", { tableName: this.named("run-locks"), kmsKeyArn });
  }
}
