import { ownPrefix } from "../environments/own-name";
import type { Environment } from "../environments/schema";
import { prefixes } from "../functions/common/layout";
import { jobKinds, jobRights } from "./job-rights";
import { keyRights } from "./key-rights";
import { logRights } from "./log-rights";
import { notebookRights } from "./notebook-rights";
import type { PolicyStatement } from "./policy";
import { prebuiltModelRights } from "./prebuilt-models";
import { studioLimits } from "./studio-limits";
import { tagRights } from "./tag-rights";

type Group = Environment["analytics"]["groups"][number];
type DataKind = Group["data"][number];

export interface AnalystRightsProps {
  /** Name of the environment. */
  readonly environment: string;
  readonly group: Group;
  readonly account: string;
  readonly region: string;
  readonly buckets: { readonly processed: string; readonly uploads: string; readonly quarantine: string };
  readonly kmsKeyArn: string;
  /** Name of the group's role, which its jobs run with. */
  readonly roleName: string;
  /** Where jobs and models have to run; the security group is the group's own. */
  readonly network: { readonly subnetIds: readonly string[]; readonly securityGroupId: string };
  /** The models of JumpStart that may be used. @default - all */
  readonly prebuiltModels?: readonly string[] | undefined;
}

/**
 * The rights of one analytics group, compiled from the administrator's words. What is not named is not there: nothing is granted by default
 * except to open Studio. Where, how long and on what jobs run is limited by refusals, so that no other grant can widen it.
 */
export function analystRights(props: AnalystRightsProps): PolicyStatement[] {
  const { group } = props;
  const notebooks = group.access.includes("notebooks");
  const jobs = jobKinds.filter((kind) => group.access.includes(kind));
  const own = { ownPrefix: ownPrefix(props.environment, group.name) };
  const uses = { notebooks, jobs: jobs.length > 0, data: group.data.length > 0 };
  return [
    {
      sid: "OpenStudio",
      actions: [
        ...["sagemaker:DescribeDomain", "sagemaker:DescribeUserProfile", "sagemaker:ListTags"],
        ...(notebooks ? ["sagemaker:DescribeApp", "sagemaker:DescribeSpace"] : []),
      ],
      resources: [`arn:aws:sagemaker:${props.region}:${props.account}:*`],
    },
    {
      sid: "ListStudio",
      actions: [
        "sagemaker:ListDomains",
        "sagemaker:ListUserProfiles",
        ...(notebooks ? ["sagemaker:ListApps", "sagemaker:ListSpaces"] : []),
      ],
      // A list can't be limited to some of its resources; an ARN here would grant nothing (SageMaker AI Developer Guide, "API permissions reference").
      resources: ["*"],
    },
    ...(notebooks ? notebookRights(props) : []),
    ...jobRights(jobs, { ...props, ...own }),
    ...logRights({ ...props, ...uses, ...own }),
    ...(notebooks || uses.jobs ? [tagRights(props)] : []),
    ...(group.access.includes("prebuilt-models") ? [prebuiltModelRights(props)] : []),
    ...group.data.flatMap((kind) => readData(kind, props.buckets)),
    ...keyRights({ ...props, ...uses }),
    ...studioLimits(props),
  ];
}

/** Where a kind of data lies: `arn:aws:s3:::<bucket>` and the prefix of its keys. */
export function dataPlace(
  kind: DataKind,
  buckets: AnalystRightsProps["buckets"],
): readonly [arn: string, prefix: string] {
  const places: Record<DataKind, readonly [bucket: string, prefix: string]> = {
    "processed-images": [buckets.processed, prefixes.images],
    features: [buckets.processed, prefixes.features],
    quarantine: [buckets.quarantine, prefixes.refused],
    originals: [buckets.uploads, prefixes.originals],
  };
  const [bucket, prefix] = places[kind];
  return [`arn:aws:s3:::${bucket}`, prefix];
}

/** `ProcessedImages`, the end of a statement's name. */
export const statementName = (word: string): string =>
  word.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/** To read objects of one kind, and to list them. */
function readData(kind: DataKind, buckets: AnalystRightsProps["buckets"]): PolicyStatement[] {
  const [arn, prefix] = dataPlace(kind, buckets);
  return [
    { sid: `Read${statementName(kind)}`, actions: ["s3:GetObject"], resources: [`${arn}/${prefix}*`] },
    {
      sid: `List${statementName(kind)}`,
      actions: ["s3:ListBucket"],
      resources: [arn],
      conditions: { StringLike: { "s3:prefix": `${prefix}*` } },
    },
  ];
}
