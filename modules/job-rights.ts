import { containerAccount } from "./container-account";
import type { PolicyStatement } from "./policy";

/** Privileges that start something in SageMaker beside notebooks. */
export const jobKinds = ["training", "prebuilt-models", "batch-inference"] as const;
type JobKind = (typeof jobKinds)[number];

/** What is done with things of a group's own (Service Authorization Reference, "Amazon SageMaker AI"). */
const kinds: Readonly<Record<JobKind, { name: string; actions: readonly string[] }>> = {
  training: {
    name: "Training",
    actions: ["TrainingJob", "HyperParameterTuningJob", "ProcessingJob"].flatMap((name) =>
      ["Create", "Describe", "Stop"].map((verb) => verb + name),
    ),
  },
  "prebuilt-models": {
    name: "PrebuiltModels",
    actions: [
      ...["Model", "EndpointConfig", "Endpoint"].flatMap((name) =>
        ["Create", "Describe", "Delete"].map((verb) => verb + name),
      ),
      "InvokeEndpoint",
    ],
  },
  "batch-inference": {
    name: "BatchInference",
    actions: [
      ...["Create", "Describe", "Delete"].map((verb) => `${verb}Model`),
      ...["Create", "Describe", "Stop"].map((verb) => `${verb}TransformJob`),
    ],
  },
};

export interface JobRightsProps {
  /** How names of the group's own begin. */
  readonly ownPrefix: string;
  readonly account: string;
  readonly region: string;
  readonly roleName: string;
}

/**
 * To start, watch and stop jobs, models and endpoints with names of the group's own, and what their role needs while they run inside the
 * network (SageMaker AI Developer Guide, "CreateTrainingJob API: execution role permissions").
 */
export function jobRights(granted: readonly JobKind[], props: JobRightsProps): PolicyStatement[] {
  if (granted.length === 0) return [];
  const { ownPrefix, account, region, roleName } = props;
  return [
    {
      sid: `Start${granted.map((kind) => kinds[kind].name).join("And")}`,
      actions: [...new Set(granted.flatMap((kind) => kinds[kind].actions))].map((name) => `sagemaker:${name}`),
      // Of whatever type, as the actions tell; one short line in one statement, for IAM limits the length of all together.
      resources: [`arn:aws:sagemaker:${region}:${account}:*/${ownPrefix}*`],
    },
    {
      sid: "RunWithOwnRole",
      actions: ["iam:PassRole"],
      resources: [`arn:aws:iam::${account}:role/${roleName}`],
      conditions: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
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
      resources: [`arn:aws:ecr:${region}:${containerAccount(region)}:repository/*`],
    },
    {
      sid: "WriteMetrics",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      conditions: { StringLike: { "cloudwatch:namespace": "/aws/sagemaker/*" } },
    },
  ];
}
