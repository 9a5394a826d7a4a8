import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { type ExpiryRule, lifecycleRules } from "./lifecycle-rules";
import { type PolicyStatement, policyDocument } from "./policy";

export interface PrivateBucketProps {
  readonly bucketName: string;
  /** Key that encrypts objects. @default - S3's own keys, for what services fetch from or deliver logs into (S3 User Guide, "Enabling server access logging") */
  readonly kmsKeyArn?: string;
  /** Days that overwritten and deleted versions are kept, 1 or more. @default - the bucket is not versioned */
  readonly oldVersionDays?: number;
  /** What is removed and when; an empty list keeps everything. */
  readonly expiry: readonly ExpiryRule[];
  /** Statements added to the bucket's policy. @default - only the refusal of plain HTTP */
  readonly statements?: readonly PolicyStatement[];
  /** Web origins whose pages may upload, for example `https://images.example.com`. @default - none */
  readonly uploadOrigins?: readonly string[];
  /** Bucket that gets the access log. @default - no access log */
  readonly accessLogBucket?: S3Bucket;
}

/**
 * A bucket nobody outside the account can reach: public access blocked, TLS 1.2 or later only, object owners are the bucket's, encrypted,
 * with one lifecycle configuration, and protected from being destroyed by an apply.
 */
export class PrivateBucket extends Construct {
  readonly bucket: S3Bucket;
  readonly arn: string;
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.bucketName = props.bucketName;
    this.arn = `arn:aws:s3:::${props.bucketName}`;
    this.bucket = new S3Bucket(this, "Default", { bucket: props.bucketName, lifecycle: { preventDestroy: true } });
    const bucket = this.bucket.id;

    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const closed = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        props.kmsKeyArn
          ? {
              bucketKeyEnabled: true,
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.kmsKeyArn },
            }
          : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
      ],
    });
    const versioning =
      props.oldVersionDays &&
      new S3BucketVersioningA(this, "versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyDocument([...this.tlsOnly(), ...(props.statements ?? [])]),
      dependsOn: [closed],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: lifecycleRules(props.expiry, props.oldVersionDays),
      ...(versioning && { dependsOn: [versioning] }),
    });
    if (props.uploadOrigins?.length) {
      new S3BucketCorsConfiguration(this, "cors", {
        bucket,
        corsRule: [
          {
            allowedMethods: ["POST", "PUT"],
            allowedOrigins: [...props.uploadOrigins],
            allowedHeaders: ["*"],
            exposeHeaders: ["ETag"],
          },
        ],
      });
    }
    if (props.accessLogBucket) {
      new S3BucketLoggingA(this, "access-log", {
        bucket,
        targetBucket: props.accessLogBucket.id,
        targetPrefix: `access/${id}/`,
      });
    }
  }

  private tlsOnly(): PolicyStatement[] {
    const refused = {
      effect: "Deny",
      principals: "*",
      actions: ["s3:*"],
      resources: [this.arn, `${this.arn}/*`],
    } as const;
    return [
      { ...refused, sid: "TlsOnly", conditions: { Bool: { "aws:SecureTransport": "false" } } },
      { ...refused, sid: "Tls12OrLater", conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ];
  }
}
