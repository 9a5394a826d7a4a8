import { readStreamSettings } from "../../apps/stream/settings";
import { readUploadSettings } from "../../apps/upload/settings";
import { environmentWith, resource, type SynthesizedStack, synth } from "../support/synth";

const clusterArn = "arn:aws:kafka:eu-central-1:333333333333:cluster/darkroom-prod-images/1-2";
/** Text as it stands once Terraform knows the cluster. */
const known = (text: string) => text.replaceAll(/\$\{[^}]*\}/g, clusterArn);
const { compute, data } = synth(environmentWith("prod"));

/** What Beanstalk puts in by the bundle's own configuration file (__tests__/apps/bundle/bundle.test.ts). */
const byBundle = {
  OIDC_LOAD_BALANCER_ARN: "arn:aws:elasticloadbalancing:eu-central-1:333333333333:loadbalancer/app/awseb-1/2",
};

/** The variables in the options of the environment. */
function variables(stack: SynthesizedStack, part: string): Record<string, string> {
  const settings = resource(stack, "aws_elastic_beanstalk_environment", `web-${part}`).setting as Record<
    "namespace" | "name" | "value",
    string
  >[];
  return Object.fromEntries(
    settings
      .filter(({ namespace }) => namespace === "aws:elasticbeanstalk:application:environment")
      .map(({ name, value }) => [name, known(value)]),
  );
}

/** Actions by the resources they are granted on. */
const rights = (part: string): [string[], string[]][] =>
  (
    JSON.parse(
      known(
        String(resource(compute, "aws_iam_role_policy", `web-${part}_instance-role`).policy).replaceAll(
          /\$\{replace\([^}]*":(topic)\/"[^}]*\}/g,
          "arn:aws:kafka:topic",
        ),
      ),
    ) as { Statement: { Action: string[]; Resource: string[] }[] }
  ).Statement.map(({ Action, Resource }) => [Action, Resource]);

it("hands web app 1 all that it must be told, as it wants it", () => {
  expect(readStreamSettings({ ...byBundle, ...variables(compute, "stream") })).toEqual(
    expect.objectContaining({
      ENVIRONMENT: "prod",
      AWS_REGION: "eu-central-1",
      UPLOADS_BUCKET: "darkroom-prod-333333333333-eu-central-1-uploads",
      KAFKA_CLUSTER_ARN: clusterArn,
      KAFKA_AUTH: "iam",
      KAFKA_TOPIC: "images",
      KAFKA_PARTITIONS: 24,
      INLINE_MAX_BYTES: 262144,
      MAX_IMAGE_BYTES: 26214400,
      PROXY_HOPS: 2,
      AUTHENTICATION: "load-balancer",
      OIDC_ISSUER: "https://login.example.com",
      OIDC_CLIENT_ID: "darkroom-prod",
    }),
  );
});

it("hands web app 2 all that it must be told, as it wants it", () => {
  expect(readUploadSettings({ ...byBundle, ...variables(compute, "upload") })).toEqual(
    expect.objectContaining({
      ENVIRONMENT: "prod",
      AWS_REGION: "eu-central-1",
      UPLOADS_BUCKET: "darkroom-prod-333333333333-eu-central-1-uploads",
      PROCESSED_BUCKET: "darkroom-prod-333333333333-eu-central-1-processed",
      SCHEDULE_ENABLED: true,
      SCHEDULE_EXPRESSION: "cron(30 3 * * ? *)",
      SCHEDULE_TIME_ZONE: "Europe/Berlin",
      PROCESSED_DAYS: 30,
      MAX_IMAGE_BYTES: 26214400,
      PROXY_HOPS: 2,
      AUTHENTICATION: "load-balancer",
      OIDC_ISSUER: "https://login.example.com",
      OIDC_CLIENT_ID: "darkroom-prod",
    }),
  );
});

it("lets everybody in where nobody signs in: on this computer", () => {
  for (const part of ["stream", "upload"]) {
    const { AUTHENTICATION, OIDC_ISSUER } = variables(synth(environmentWith("local")).compute, part);
    expect([AUTHENTICATION, OIDC_ISSUER]).toEqual(["none", undefined]);
  }
});

it("lets web app 1 find Kafka, write to its topic and put claims, and no more", () => {
  expect(rights("stream")).toEqual([
    [["kafka:GetBootstrapBrokers"], ["*"]],
    [["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"], [clusterArn]],
    [
      ["kafka-cluster:CreateTopic", "kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
      [expect.stringMatching(/\/images$/)],
    ],
    [["s3:PutObject"], ["arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-uploads/claims/*"]],
    [["kms:Decrypt", "kms:GenerateDataKey"], [expect.any(String)]],
  ]);
});

it("lets web app 2 upload below pending and show what was processed, and no more", () => {
  const processed = "arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-processed";
  expect(rights("upload")).toEqual([
    [
      ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
      ["arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-uploads/pending/*"],
    ],
    [["s3:GetObject"], [`${processed}/features/*`, `${processed}/images/*`]],
    [["s3:ListBucket"], [processed]],
    [["kms:Decrypt", "kms:GenerateDataKey"], [expect.any(String)]],
  ]);
});

it("lets the load balancers of this account write below their prefix of the logs bucket, where they are told to", () => {
  const { Statement } = JSON.parse(String(resource(data, "aws_s3_bucket_policy", "logs").policy));
  expect(Statement.find(({ Sid }: { Sid: string }) => Sid === "LoadBalancersOfThisAccount")).toEqual({
    Sid: "LoadBalancersOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: ["s3:PutObject"],
    Resource: ["arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-logs/load-balancers/*/AWSLogs/333333333333/*"],
  });
  const prefixes = ["stream", "upload"].map(
    (part) =>
      (
        resource(compute, "aws_elastic_beanstalk_environment", `web-${part}`).setting as {
          name: string;
          value: string;
        }[]
      ).find(({ name }) => name === "AccessLogsS3Prefix")?.value,
  );
  expect(prefixes).toEqual(["load-balancers/web-stream", "load-balancers/web-upload"]);
});
