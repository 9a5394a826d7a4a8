import type { Environment } from "../environments/schema";
import { prefixes } from "../functions/common/layout";
import type { PolicyStatement } from "./policy";

type Group = Environment["analytics"]["groups"][number];
type DataKind = Group["data"][number];

export interface AnalystRightsProps {
  readonly group: Group;
  readonly account: string;
  readonly region: string;
  readonly buckets: { readonly processed: string; readonly uploads: string; readonly quarantine: string };
  readonly kmsKeyArn: string;
}

/** Instance type of the app that Studio itself starts; without it nobody could open Studio. */
const studioItself = "system";

/** Job kinds that a group may start: IAM actions by the administrator's word. */
const jobActions = {
  training: ["CreateTrainingJob", "CreateHyperParameterTuningJob", "CreateProcessingJob"],
  "prebuilt-models": ["CreateModel", "CreateEndpointConfig", "CreateEndpoint", "InvokeEndpoint", "DeleteEndpoint"],
  "batch-inference": ["CreateModel", "CreateTransformJob"],
} as const;

/** A list can't be limited to some of its resources; an ARN here would grant nothing (SageMaker AI Developer Guide, "API permissions reference"). */
const unlimited = ["*"];

const sagemaker = (actions: readonly string[]) => actions.map((action) => `sagemaker:${action}`);

/**
 * The rights of one analytics group, compiled from the administrator's words. What is not named is not there: nothing is granted by default
 * except to open Studio. Instance types and run time are limited by refusals, so that no other grant can widen them
 * (Service Authorization Reference, "Amazon SageMaker AI": condition keys sagemaker:InstanceTypes and sagemaker:MaxRuntimeInSeconds).
 */
export function analystRights(props: AnalystRightsProps): PolicyStatement[] {
  const { group } = props;
  const everything = [`arn:aws:sagemaker:${props.region}:${props.account}:*`];
  const jobs = (Object.keys(jobActions) as (keyof typeof jobActions)[]).filter((kind) => group.access.includes(kind));
  const allowed: PolicyStatement[] = [
    {
      sid: "OpenStudio",
      actions: sagemaker(["DescribeDomain", "DescribeUserProfile", "ListTags"]),
      resources: everything,
    },
    {
      sid: "ListStudio",
      actions: sagemaker([
        "ListDomains",
        "ListUserProfiles",
        ...(group.access.includes("notebooks") ? ["ListApps", "ListSpaces"] : []),
      ]),
      resources: unlimited,
    },
    ...(group.access.includes("notebooks")
      ? [
          {
            sid: "RunNotebooks",
            actions: sagemaker([
              "CreateApp",
              "DeleteApp",
              "DescribeApp",
              "CreateSpace",
              "UpdateSpace",
              "DeleteSpace",
              "DescribeSpace",
              "CreatePresignedDomainUrl",
            ]),
            resources: everything,
          },
        ]
      : []),
    ...jobs.map((kind) => ({
      sid: `Start${kind.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
      actions: sagemaker(jobActions[kind]),
      resources: everything,
    })),
    ...group.data.flatMap((kind) => readData(kind, props.buckets)),
    ...(group.data.length > 0
      ? [{ sid: "UseKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [props.kmsKeyArn] }]
      : []),
  ];
  return [
    ...allowed,
    {
      sid: "OnlyTheseInstanceTypes",
      effect: "Deny",
      actions: sagemaker(["Create*", "Update*"]),
      resources: ["*"],
      conditions: {
        "ForAnyValue:StringNotLike": { "sagemaker:InstanceTypes": [studioItself, ...group.instanceTypes] },
      },
    },
    {
      sid: "OnlyThisLong",
      effect: "Deny",
      actions: sagemaker(["CreateTrainingJob", "CreateHyperParameterTuningJob", "CreateProcessingJob"]),
      resources: ["*"],
      conditions: {
        NumericGreaterThan: { "sagemaker:MaxRuntimeInSeconds": String(group.maxRuntimeHours * 60 * 60) },
      },
    },
  ];
}

/** To read objects of one kind, and to list them. */
function readData(kind: DataKind, buckets: AnalystRightsProps["buckets"]): PolicyStatement[] {
  const places: Record<DataKind, readonly [name: string, bucket: string, prefix: string]> = {
    "processed-images": ["ProcessedImages", buckets.processed, prefixes.images],
    features: ["Features", buckets.processed, prefixes.features],
    quarantine: ["Quarantine", buckets.quarantine, prefixes.refused],
    originals: ["Originals", buckets.uploads, prefixes.originals],
  };
  const [name, bucket, prefix] = places[kind];
  const arn = `arn:aws:s3:::${bucket}`;
  return [
    { sid: `Read${name}`, actions: ["s3:GetObject"], resources: [`${arn}/${prefix}*`] },
    {
      sid: `List${name}`,
      actions: ["s3:ListBucket"],
      resources: [arn],
      conditions: { StringLike: { "s3:prefix": [`${prefix}*`] } },
    },
  ];
}
