import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { PrivateBucket, type PrivateBucketProps } from "../../modules/private-bucket";
import { synthConstruct } from "../support/construct";
import { resource } from "../support/synth";

const bucket = (props: Partial<PrivateBucketProps> = {}) =>
  synthConstruct((scope) => {
    new PrivateBucket(scope, "pictures", { bucketName: "acme-pictures", expiry: [], ...props });
  });
const rules = (props: Partial<PrivateBucketProps>) =>
  resource(bucket(props), "aws_s3_bucket_lifecycle_configuration").rule as { id: string }[];

describe("PrivateBucket", () => {
  it("removes objects below a prefix at the given age in days", () => {
    expect(rules({ expiry: [{ id: "old", prefix: "images/", days: 30 }] })[0]).toEqual({
      id: "old",
      status: "Enabled",
      filter: [{ prefix: "images/" }],
      expiration: [{ days: 30 }],
    });
  });

  it("removes old versions and their markers in two rules, since S3 refuses both in one", () => {
    expect(rules({ oldVersionDays: 3 }).slice(0, 2)).toEqual([
      {
        id: "old-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrent_version_expiration: [{ noncurrent_days: 3 }],
      },
      {
        id: "delete-markers",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ expired_object_delete_marker: true }],
      },
    ]);
  });

  it("drops the parts of abandoned uploads, in any bucket", () => {
    expect(rules({}).map(({ id }) => id)).toEqual(["abandoned-uploads"]);
  });

  it("has one lifecycle configuration, since two would undo each other", () => {
    const stack = bucket({ oldVersionDays: 1, expiry: [{ id: "old", prefix: "", days: 1 }] });
    expect(Object.keys(stack.resource.aws_s3_bucket_lifecycle_configuration ?? {})).toHaveLength(1);
  });

  it("keeps versions only where asked", () => {
    expect(bucket().resource.aws_s3_bucket_versioning).toBeUndefined();
    expect(resource(bucket({ oldVersionDays: 1 }), "aws_s3_bucket_versioning").versioning_configuration).toEqual({
      status: "Enabled",
    });
  });

  it("lets pages of the named origins upload, and no others", () => {
    expect(bucket().resource.aws_s3_bucket_cors_configuration).toBeUndefined();
    const cors = resource(bucket({ uploadOrigins: ["https://a.example"] }), "aws_s3_bucket_cors_configuration");
    expect(cors.cors_rule).toEqual([
      {
        allowed_headers: ["*"],
        allowed_methods: ["POST", "PUT"],
        allowed_origins: ["https://a.example"],
        expose_headers: ["ETag"],
      },
    ]);
  });

  it("adds the given statements to the refusal of plain HTTP", () => {
    const statement = { sid: "More", actions: ["s3:PutObject"], resources: ["arn:aws:s3:::acme-pictures/x"] };
    const policy = resource(bucket({ statements: [statement] }), "aws_s3_bucket_policy").policy as string;
    expect(JSON.parse(policy).Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      "TlsOnly",
      "Tls12OrLater",
      "More",
    ]);
  });

  it("writes its access log under its own id", () => {
    const stack = synthConstruct((scope) => {
      const accessLogBucket = new S3Bucket(scope, "logs", { bucket: "acme-logs" });
      new PrivateBucket(scope, "pictures", { bucketName: "acme-pictures", expiry: [], accessLogBucket });
    });
    expect(resource(stack, "aws_s3_bucket_logging")).toMatchObject({
      target_bucket: "$".concat("{aws_s3_bucket.logs.id}"),
      target_prefix: "access/pictures/",
    });
  });
});
