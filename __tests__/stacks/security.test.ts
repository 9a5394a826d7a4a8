import { environmentWith, type SynthesizedStack, synth } from "../support/synth";

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

const environments = ["local", "dev", "staging", "prod"];

/** Actions that AWS lets nobody limit to a resource; none of them reads or writes anybody's data. */
const unlimitable =
  /^(ec2:|xray:|ecr:GetAuthorizationToken$|kafka:GetBootstrapBrokers$|cloudwatch:PutMetricData$|elasticloadbalancing:Describe|logs:(Create|Get|Update|Delete|List)LogDeliver|logs:PutResourcePolicy|logs:Describe|sagemaker:List(Apps|Domains|Endpoints|ProcessingJobs|Spaces|TrainingJobs|TransformJobs|UserProfiles)$)/;

/** Terraform's expressions hold quotes of their own, which JSON would trip over. */
const settled = (text: string) => text.replace(/\$\{[^}]*\}/g, "expression");

const policies = (stack: SynthesizedStack, type: string): [string, Statement[]][] =>
  Object.entries(stack.resource[type] ?? {}).map(([id, { policy }]) => [
    id,
    (JSON.parse(settled(policy as string)) as { Statement: Statement[] }).Statement,
  ]);

describe.each(environments)("%s", (name) => {
  const stacks = Object.values(synth(environmentWith(name)));
  const all = (type: string) => stacks.flatMap((stack) => Object.entries(stack.resource[type] ?? {}));
  const buckets = all("aws_s3_bucket").map(([id]) => id);
  /** Resources that belong to the bucket with an id, found by their reference to it. */
  const of = (type: string, bucket: string) =>
    stacks
      .filter((stack) => stack.resource.aws_s3_bucket?.[bucket])
      .flatMap((stack) => Object.values(stack.resource[type] ?? {}))
      .filter((attributes) => attributes.bucket === `\${aws_s3_bucket.${bucket}.id}`);

  it("has the eight buckets that the tests below go through", () => {
    expect([...buckets].sort()).toEqual([
      "analysts",
      "apps",
      "logs",
      "plans",
      "processed",
      "quarantine",
      "state",
      "uploads",
    ]);
  });

  it.each(["analysts", "apps", "logs", "plans", "processed", "quarantine", "state", "uploads"])(
    "lets nobody into %s from outside",
    (bucket) => {
      expect(of("aws_s3_bucket_public_access_block", bucket)).toEqual([
        expect.objectContaining({
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        }),
      ]);
      expect(of("aws_s3_bucket_ownership_controls", bucket)).toEqual([
        expect.objectContaining({ rule: { object_ownership: "BucketOwnerEnforced" } }),
      ]);
    },
  );

  it.each(["analysts", "apps", "logs", "plans", "processed", "quarantine", "state", "uploads"])(
    "talks to %s by TLS 1.2 or later only",
    (bucket) => {
      const [policy] = of("aws_s3_bucket_policy", bucket);
      const { Statement } = JSON.parse(policy?.policy as string) as { Statement: Statement[] };
      expect(Statement.slice(0, 2)).toEqual([
        expect.objectContaining({
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
        expect.objectContaining({
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:*"],
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        }),
      ]);
    },
  );

  it.each(["analysts", "plans", "processed", "quarantine", "state", "uploads"])(
    "encrypts %s with the environment's key",
    (bucket) => {
      const [encryption] = of("aws_s3_bucket_server_side_encryption_configuration", bucket) as unknown as {
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: string; kms_master_key_id: string } }[];
      }[];
      expect(encryption?.rule[0]?.apply_server_side_encryption_by_default).toEqual({
        sse_algorithm: "aws:kms",
        kms_master_key_id: "$".concat("{aws_kms_key.key.arn}"),
      });
    },
  );

  // AWS delivers no access log into another; Beanstalk fetches code in the name of whoever deploys, who may not use the data's key.
  it.each(["apps", "logs"])("encrypts the %s bucket with S3's own keys", (bucket) => {
    const [encryption] = of("aws_s3_bucket_server_side_encryption_configuration", bucket) as unknown as {
      rule: { apply_server_side_encryption_by_default: unknown }[];
    }[];
    expect(encryption?.rule[0]?.apply_server_side_encryption_by_default).toEqual({ sse_algorithm: "AES256" });
  });

  it.each([
    ["aws_cloudwatch_log_group", "kms_key_id"],
    ["aws_sqs_queue", "kms_master_key_id"],
    ["aws_sns_topic", "kms_master_key_id"],
    ["aws_lambda_function", "kms_key_arn"],
    ["aws_scheduler_schedule", "kms_key_arn"],
    ["aws_sagemaker_domain", "kms_key_id"],
  ])("encrypts each %s with the environment's key", (type, attribute) => {
    const found = all(type);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([, attributes]) => !/^\$\{.*key.*arn\}$/.test(String(attributes[attribute])))).toEqual([]);
  });

  it("grants no action on everything, but for those AWS can't limit", () => {
    const wide = stacks.flatMap((stack) =>
      policies(stack, "aws_iam_role_policy").flatMap(([id, statements]) =>
        statements
          .filter(({ Effect, Resource }) => Effect === "Allow" && Resource?.includes("*"))
          .flatMap(({ Action }) =>
            Action.filter((action) => !unlimitable.test(action)).map((action) => `${id}: ${action}`),
          ),
      ),
    );
    expect(wide).toEqual([]);
  });

  it("grants no action by a wildcard", () => {
    const wild = stacks.flatMap((stack) =>
      policies(stack, "aws_iam_role_policy").flatMap(([id, statements]) =>
        statements
          .filter(({ Effect }) => Effect === "Allow")
          .flatMap(({ Action }) => Action.filter((action) => action.includes("*")).map((action) => `${id}: ${action}`)),
      ),
    );
    expect(wild).toEqual([]);
  });

  it("opens no port to the whole world but those of the web apps' load balancers", () => {
    const open = all("aws_vpc_security_group_ingress_rule")
      .filter(([, rule]) => rule.cidr_ipv4 === "0.0.0.0/0")
      .map(([id, { from_port, to_port }]) => [id.split("_")[0], id.split("_")[1], from_port, to_port]);
    const ports = name === "local" ? [80] : [80, 443];
    expect(open).toEqual(
      ["web-stream", "web-upload"].flatMap((app) => ports.map((port) => [app, "load-balancer", port, port])),
    );
    expect(all("aws_subnet").filter(([, subnet]) => subnet.map_public_ip_on_launch !== false)).toEqual([]);
  });

  it("lets each service take a role for this account only", () => {
    const loose = all("aws_iam_role").flatMap(([id, { assume_role_policy }]) =>
      (JSON.parse(assume_role_policy as string) as { Statement: Statement[] }).Statement.filter(
        ({ Principal, Condition }) =>
          Condition === undefined &&
          // They show no account, or do not say that they do: a role is passed to them within its own.
          !/^\{"Service":"(cloudformation|ec2|lambda)\.amazonaws\.com"\}$/.test(JSON.stringify(Principal)),
      ).map(({ Sid }) => `${id}: ${Sid}`),
    );
    expect(loose).toEqual([]);
  });
});
