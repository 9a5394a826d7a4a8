import { resource, type SynthesizedStack } from "../../support/synth";
import { type Any, beanstalk, count, one, statement } from "./looks";
import type { Look, Row } from "./row";

const certificate = "arn:aws:acm:eu-central-1:333333333333:certificate/44444444-4444-4444-8444-444444444444";
const group = (name: string, value: unknown, look: Look, expected: unknown): Row => ({
  setting: `analytics.groups[].${name}`,
  path: `analytics.groups.0.${name}`,
  value,
  layer: "analytics",
  look,
  expected,
});
const disks = (size: string) =>
  one(
    "aws_sagemaker_domain",
    "studio",
    ({ default_user_settings }) => default_user_settings.space_storage_settings.default_ebs_storage_settings[size],
  );
const webApp = (part: "stream" | "upload"): Row[] => [
  {
    setting: `webApps.${part}.instanceTypes[]`,
    path: `webApps.${part}.instanceTypes`,
    value: ["c7i.large"],
    layer: "compute",
    look: (stack) => [
      beanstalk(`web-${part}`, "aws:ec2:instances", "InstanceTypes")(stack),
      beanstalk(`web-${part}`, "aws:ec2:instances", "SupportedArchitectures")(stack),
    ],
    expected: ["c7i.large", "x86_64"],
  },
  {
    setting: `webApps.${part}.minInstances`,
    value: 3,
    layer: "compute",
    look: beanstalk(`web-${part}`, "aws:autoscaling:asg", "MinSize"),
    expected: "3",
  },
  {
    setting: `webApps.${part}.maxInstances`,
    value: 33,
    layer: "compute",
    look: beanstalk(`web-${part}`, "aws:autoscaling:asg", "MaxSize"),
    expected: "33",
  },
  {
    setting: `webApps.${part}.certificateArn`,
    value: certificate,
    layer: "compute",
    look: beanstalk(`web-${part}`, "aws:elbv2:listener:443", "SSLCertificateArns"),
    expected: certificate,
  },
  {
    setting: `webApps.${part}.domain`,
    value: "pictures.example.org",
    layer: "data",
    look: one("aws_s3_bucket_cors_configuration", "uploads", ({ cors_rule }) =>
      cors_rule[0].allowed_origins.includes("https://pictures.example.org"),
    ),
    expected: true,
  },
  {
    setting: `webApps.${part}.firewall.mode`,
    value: "count",
    layer: "compute",
    look: one("aws_wafv2_web_acl", `web-${part}`, ({ rule }) => rule.map(({ action }: Any) => action)[0]),
    expected: { count: {} },
  },
  {
    setting: `webApps.${part}.firewall.requestsPerFiveMinutes`,
    value: 77,
    layer: "compute",
    look: one("aws_wafv2_web_acl", `web-${part}`, ({ rule }) => rule[0].statement.rate_based_statement.limit),
    expected: 77,
  },
];

const signInOf = (stack: SynthesizedStack, part: string) =>
  JSON.parse(resource(stack, "aws_cloudformation_stack", `web-${part}`).template_body as string).Resources.SignIn
    .Properties.Actions[0].AuthenticateOidcConfig;

/** A setting of signing in is in the rule of both load balancers, as `key`, and what the apps check against it, as `variable`. */
const signIn = (name: string, value: string, key: string, expected: unknown = value, variable?: string): Row => ({
  setting: `webSignIn.${name}`,
  value,
  layer: "compute",
  look: (stack) => [
    ...["stream", "upload"].map((part) => signInOf(stack, part)[key]),
    ...(variable
      ? ["stream", "upload"].map((part) =>
          beanstalk(`web-${part}`, "aws:elasticbeanstalk:application:environment", variable)(stack),
        )
      : []),
  ],
  expected: Array(variable ? 4 : 2).fill(expected),
});

/** Rows of the settings webApps, analytics, alerts. */
export const peopleRows: Row[] = [
  ...webApp("stream"),
  ...webApp("upload"),
  signIn("issuer", "https://other.example.com", "Issuer", "https://other.example.com", "OIDC_ISSUER"),
  signIn("authorizationEndpoint", "https://other.example.com/a", "AuthorizationEndpoint"),
  signIn("tokenEndpoint", "https://other.example.com/t", "TokenEndpoint"),
  signIn("userInfoEndpoint", "https://other.example.com/u", "UserInfoEndpoint"),
  signIn("clientId", "other", "ClientId", "other", "OIDC_CLIENT_ID"),
  {
    ...signIn("clientSecretName", "other", "ClientSecret", "{{resolve:secretsmanager:other:SecretString}}"),
    alone: true,
  },
  signIn(
    "clientSecretVersion",
    "00000000-0000-4000-8000-000000000001",
    "ClientSecret",
    "{{resolve:secretsmanager:darkroom/prod/web-sign-in:SecretString:::00000000-0000-4000-8000-000000000001}}",
  ),
  {
    setting: "webApps.upload.origins[]",
    path: "webApps.upload.origins",
    value: ["http://127.0.0.1:8082"],
    layer: "data",
    look: one("aws_s3_bucket_cors_configuration", "uploads", ({ cors_rule }) =>
      cors_rule[0].allowed_origins.includes("http://127.0.0.1:8082"),
    ),
    expected: true,
  },
  {
    setting: "analytics.signIn",
    value: "iam",
    layer: "analytics",
    look: one("aws_sagemaker_domain", "studio", ({ auth_mode }) => auth_mode),
    expected: "IAM",
  },
  {
    setting: "analytics.idleMinutes",
    value: 75,
    layer: "analytics",
    look: one(
      "aws_sagemaker_domain",
      "studio",
      ({ default_user_settings }) =>
        default_user_settings.jupyter_lab_app_settings.app_lifecycle_management.idle_settings.idle_timeout_in_minutes,
    ),
    expected: 75,
  },
  {
    setting: "analytics.spaces.defaultGigabytes",
    value: 33,
    layer: "analytics",
    look: disks("default_ebs_volume_size_in_gb"),
    expected: 33,
  },
  {
    setting: "analytics.spaces.maximumGigabytes",
    value: 777,
    layer: "analytics",
    look: disks("maximum_ebs_volume_size_in_gb"),
    expected: 777,
  },
  {
    setting: "analytics.homeFiles",
    value: "delete",
    layer: "analytics",
    look: one("aws_sagemaker_domain", "studio", ({ retention_policy }) => retention_policy.home_efs_file_system),
    expected: "Delete",
  },
  {
    setting: "analytics.monthlyBudgetUsd",
    value: 123,
    layer: "analytics",
    look: one("aws_budgets_budget", "budget", ({ limit_amount }) => limit_amount),
    expected: "123",
  },
  { ...group("name", "readers", count("aws_iam_role", /analysts-readers/), 1), alone: true },
  group(
    "access[]",
    undefined,
    statement("analysts-image-scientists", /^Start.*Training/, (found) => found !== undefined),
    true,
  ),
  group(
    "data[]",
    undefined,
    statement("analysts-image-scientists", /^Read.*Originals/, (found) => found !== undefined),
    true,
  ),
  group(
    "instanceTypes[]",
    undefined,
    statement(
      "analysts-image-analysts",
      "OnlyTheseInstanceTypes",
      ({ Condition }) => Condition["ForAnyValue:StringNotLike"]["sagemaker:InstanceTypes"],
    ),
    ["system", "ml.t3.medium", "ml.t3.xlarge", "ml.m5.xlarge"],
  ),
  {
    setting: "analytics.prebuiltModels[]",
    path: "analytics.prebuiltModels",
    value: ["a-model"],
    layer: "analytics",
    look: statement("analysts-image-analysts", /^Read.*PrebuiltModels/, ({ Resource }) =>
      Resource.findLast((place: string) => place.includes("jumpstart"))
        .split("/")
        .at(-1),
    ),
    expected: "*a-model.tar.gz",
  },
  group(
    "maxRuntimeHours",
    6,
    statement(
      "analysts-image-analysts",
      "OnlyThisLong",
      ({ Condition }) => Condition.NumericGreaterThanIfExists["sagemaker:MaxRuntimeInSeconds"],
    ),
    "21600",
  ),
  group(
    "monthlyBudgetUsd",
    321,
    one("aws_budgets_budget", "budget-image-analysts", ({ limit_amount }) => limit_amount),
    "321",
  ),
  group(
    "dailyGpuHours",
    7,
    one("aws_cloudwatch_metric_alarm", "hours-image-analysts", ({ threshold, period }) => [threshold, period]),
    [420, 86_400],
  ),
  {
    setting: "alerts.emails[]",
    path: "alerts.emails",
    value: ["a@example.com"],
    layer: "compute",
    look: one("aws_sns_topic_subscription", "alarms", ({ endpoint }) => endpoint),
    expected: "a@example.com",
  },
];
