import type { PolicyStatement } from "./policy";

/** Names of an environment, of which the rights of an apply are made. */
export interface ApplyScope {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** `darkroom-prod`, with which every name of the environment begins. */
  readonly prefix: string;
}

/** Services whose resources all have the environment's name: everything in them may be done to those, and to no others. */
const named: Readonly<Record<string, readonly string[]>> = {
  budgets: ["budget/{name}"],
  cloudwatch: ["alarm:{name}", "dashboard/{name}"],
  dynamodb: ["table/{name}"],
  events: ["rule/{name}"],
  kafka: ["cluster/{name}/*", "configuration/{name}/*"],
  lambda: ["function:{name}"],
  logs: [
    "log-group:/aws/elasticbeanstalk/{name}",
    "log-group:/aws/lambda/{name}",
    "log-group:/aws/vendedlogs/states/{name}",
    "log-group:aws-waf-logs-{name}",
    "log-group:/darkroom/{environment}/*",
  ],
  scheduler: ["schedule-group/{name}", "schedule/{name}/*"],
  sns: ["{name}"],
  sqs: ["{name}"],
  states: ["stateMachine:{name}"],
};
/** Services whose ARNs have no region. */
const everywhere = ["budgets"];
/** Dashboards have none either, though alarms of the same service do. */
const regionless = /^dashboard\//;

function arns(service: string, { environment, account, region, prefix }: ApplyScope): string[] {
  return (named[service] ?? []).map((form) => {
    const resource = form.replace("{name}", `${prefix}-*`).replace("{environment}", environment);
    const place = everywhere.includes(service) || regionless.test(resource) ? "" : region;
    return `arn:aws:${service}:${place}:${account}:${resource}`;
  });
}

const word = (service: string) => service.charAt(0).toUpperCase() + service.slice(1);

/** What an apply may do to what has the environment's name, to its keys, and to what only AWS names. */
export function applyRights(scope: ApplyScope): PolicyStatement[] {
  const { environment, account, region, prefix } = scope;
  const here = { StringEquals: { "aws:RequestedRegion": region } };
  const mappings = `arn:aws:lambda:${region}:${account}:event-source-mapping:*`;
  const mapping = { ArnLike: { "lambda:FunctionArn": `arn:aws:lambda:${region}:${account}:function:${prefix}-*` } };
  const services = Object.keys(named).map((service) => ({
    sid: `Manage${word(service)}`,
    actions: [`${service}:*`],
    resources: arns(service, scope),
  }));
  return [
    ...services,
    {
      sid: "ManageBuckets",
      actions: ["s3:CreateBucket", "s3:DeleteBucket*", "s3:PutBucket*", "s3:PutEncryption*", "s3:PutLifecycle*"],
      resources: [`arn:aws:s3:::${prefix}-*`],
    },
    { sid: "TagBuckets", actions: ["s3:TagResource", "s3:UntagResource"], resources: [`arn:aws:s3:::${prefix}-*`] },
    // What is made is named by AWS, or is made before it has a name (Service Authorization Reference).
    {
      sid: "MakeWhatAwsNames",
      actions: [
        "kafka:CreateCluster*",
        "kafka:CreateConfiguration",
        "lambda:CreateEventSourceMapping",
        "logs:*LogDeliver*",
        "logs:DescribeResourcePolicies",
        "logs:PutResourcePolicy",
        "sns:Unsubscribe",
      ],
      resources: ["*"],
      conditions: here,
    },
    {
      sid: "ManageMappings",
      actions: ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      resources: [mappings],
      conditions: mapping,
    },
    // Tags are asked for when a mapping is made, too, and no request about tags says whose it is (Service Authorization Reference, AWS Lambda).
    { sid: "TagMappings", actions: ["lambda:TagResource", "lambda:UntagResource"], resources: [mappings] },
    {
      sid: "ManageStudio",
      actions: ["AddTags", "CreateDomain", "DeleteDomain", "DeleteTags", "UpdateDomain"].map(
        (name) => `sagemaker:${name}`,
      ),
      resources: [`arn:aws:sagemaker:${region}:${account}:domain/*`],
    },
    {
      sid: "MakeKeys",
      actions: ["kms:CreateKey", "kms:TagResource"],
      resources: ["*"],
      conditions: {
        StringEquals: { "aws:RequestTag/application": "darkroom", "aws:RequestTag/environment": environment },
      },
    },
    {
      sid: "ManageKeys",
      actions: [
        "kms:CreateAlias",
        "kms:DeleteAlias",
        "kms:EnableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
      ],
      resources: [`arn:aws:kms:${region}:${account}:key/*`],
      conditions: { StringEquals: { "aws:ResourceTag/environment": environment } },
    },
    {
      sid: "NameKeys",
      actions: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      resources: [`arn:aws:kms:${region}:${account}:alias/${prefix}-*`],
    },
    {
      sid: "LendKeysToServices",
      actions: ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"],
      resources: [`arn:aws:kms:${region}:${account}:key/*`],
      conditions: {
        StringEquals: { "aws:ResourceTag/environment": environment, "kms:ViaService": keyUsers(region) },
      },
    },
  ];
}

/** Services that use the environment's key in the name of whoever sets them up; EFS, which Studio has keep people's home folders, among them. */
export const keyUsers = (region: string): string[] =>
  ["dynamodb", "elasticfilesystem", "kafka", "lambda", "sagemaker", "scheduler", "sns", "sqs", "states"].map(
    (service) => `${service}.${region}.amazonaws.com`,
  );
