import { ownPrefix } from "./analyst-names";
import type { PolicyStatement } from "./policy";

/** Privileges that start something in SageMaker beside notebooks. */
export const jobKinds = ["training", "prebuilt-models", "batch-inference"] as const;
type JobKind = (typeof jobKinds)[number];

/** What is done with things of a group's own (Service Authorization Reference, "Amazon SageMaker AI"). */
const kinds: Readonly<Record<JobKind, { sid: string; actions: readonly string[] }>> = {
  training: {
    sid: "StartTraining",
    actions: ["TrainingJob", "HyperParameterTuningJob", "ProcessingJob"].flatMap((name) =>
      ["Create", "Describe", "Stop"].map((verb) => verb + name),
    ),
  },
  "prebuilt-models": {
    sid: "StartPrebuiltModels",
    actions: [
      ...["Model", "EndpointConfig", "Endpoint"].flatMap((name) =>
        ["Create", "Describe", "Delete"].map((verb) => verb + name),
      ),
      "InvokeEndpoint",
    ],
  },
  "batch-inference": {
    sid: "StartBatchInference",
    actions: [
      ...["Create", "Describe", "Delete"].map((verb) => `${verb}Model`),
      ...["Create", "Describe", "Stop"].map((verb) => `${verb}TransformJob`),
    ],
  },
};

/** AWS's account of deep learning containers (AWS Deep Learning Containers, "Available images"). */
const containers = "763104351884";

export interface JobRightsProps {
  /** Name of the group. */
  readonly group: string;
  readonly account: string;
  readonly region: string;
  readonly roleName: string;
  readonly kmsKeyArn: string;
}

/**
 * To start, watch and stop jobs, models and endpoints with names of the group's own, and what their role needs while they run inside the
 * network (SageMaker AI Developer Guide, "CreateTrainingJob API: execution role permissions").
 */
export function jobRights(granted: readonly JobKind[], props: JobRightsProps): PolicyStatement[] {
  if (granted.length === 0) return [];
  const { group, account, region, roleName, kmsKeyArn } = props;
  const own = `${ownPrefix(group)}*`;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  // Of whatever type, as the actions tell; one short line, for IAM limits the length of all together.
  const ownThings = [arn("sagemaker", `*/${own}`)];
  const logGroup = (rest: string) => arn("logs", `log-group:/aws/sagemaker/${rest}`);
  return [
    ...granted.map((kind) => ({
      sid: kinds[kind].sid,
      actions: kinds[kind].actions.map((name) => `sagemaker:${name}`),
      resources: ownThings,
    })),
    {
      sid: "RunWithOwnRole",
      actions: ["iam:PassRole"],
      resources: [`arn:aws:iam::${account}:role/${roleName}`],
      conditions: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    },
    {
      sid: "EncryptDisks",
      actions: ["kms:CreateGrant"],
      resources: [kmsKeyArn],
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    {
      sid: "RunInNetwork",
      actions: [
        ...["CreateNetworkInterface", "CreateNetworkInterfacePermission"],
        ...["DeleteNetworkInterface", "DeleteNetworkInterfacePermission"],
        ...["DescribeDhcpOptions", "DescribeNetworkInterfaces", "DescribeSecurityGroups"],
        ...["DescribeSubnets", "DescribeVpcs"],
      ]
        .map((name) => `ec2:${name}`)
        .concat("ecr:GetAuthorizationToken"),
      resources: ["*"],
    },
    {
      sid: "FetchImages",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [`arn:aws:ecr:${region}:${containers}:repository/*`],
    },
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:GetLogEvents"],
      resources: [logGroup(`*:log-stream:${own}`), logGroup(`Endpoints/${own}`)],
    },
    { sid: "MakeLogGroups", actions: ["logs:CreateLogGroup"], resources: [logGroup("*")] },
    {
      sid: "WriteMetrics",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      conditions: { StringLike: { "cloudwatch:namespace": "/aws/sagemaker/*" } },
    },
  ];
}
