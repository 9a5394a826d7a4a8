import { ownPrefix } from "../../environments/own-name";
import type { Environment } from "../../environments/schema";
import { dataKinds } from "../../environments/settings/analytics";
import { analystPlaces } from "../../modules/analyst-places";
import { dataPlace } from "../../modules/analyst-rights";
import { groupBuckets, workgroupName } from "../../modules/group-rights";
import type { Request } from "./simulate";

type Settings = Pick<Environment, "name" | "account" | "region" | "analytics">;

/** A privilege in the administrator's words, and requests that it alone lets through. */
export interface Privilege {
  readonly words: string;
  readonly requests: readonly Request[];
}

/** Everything that a group of an environment can be given, whether it has it or not. */
export function privilegesOf(environment: Settings, group: string): Readonly<Record<string, Privilege>> {
  const { account, region } = environment;
  const arn = (resource: string) => `arn:aws:sagemaker:${region}:${account}:${resource}`;
  const own = (type: string) => arn(`${type}/${ownPrefix(environment.name, group)}example`);
  const buckets = groupBuckets(environment);
  const studio = {
    "sagemaker:DomainId": "d-example",
    "sagemaker:UserProfileName": "somebody",
    "sagemaker:OwnerUserProfileArn": arn("user-profile/d-example/somebody"),
    "sagemaker:SpaceSharingType": "Private",
  };
  const create = (...types: readonly (readonly [action: string, type: string])[]): Request[] =>
    types.map(([action, type]) => ({ action: `sagemaker:Create${action}`, resource: own(type) }));
  const data = dataKinds.map((kind) => {
    const [bucket, prefix] = dataPlace(kind, buckets);
    return [
      kind,
      {
        words: `read ${kind.replaceAll("-", " ")}`,
        requests: [
          { action: "s3:GetObject", resource: `${bucket}/${prefix}example` },
          { action: "s3:ListBucket", resource: bucket, keys: { "s3:prefix": prefix } },
        ],
      },
    ] as const;
  });
  return {
    notebooks: {
      words: "open notebooks",
      requests: [
        { action: "sagemaker:CreateSpace", resource: arn("space/d-example/example"), keys: studio },
        { action: "sagemaker:CreateApp", resource: arn("app/d-example/example/JupyterLab/default"), keys: studio },
        {
          action: "sagemaker:CreatePresignedDomainUrl",
          resource: arn("user-profile/d-example/somebody"),
          keys: studio,
        },
      ],
    },
    training: {
      words: "train models",
      requests: create(
        ["TrainingJob", "training-job"],
        ["HyperParameterTuningJob", "hyper-parameter-tuning-job"],
        ["ProcessingJob", "processing-job"],
      ),
    },
    "prebuilt-models": {
      words: "use prebuilt models",
      requests: create(["EndpointConfig", "endpoint-config"], ["Endpoint", "endpoint"]),
    },
    "batch-inference": { words: "run batch inference", requests: create(["TransformJob", "transform-job"]) },
    ...Object.fromEntries(data),
    queries: {
      words: "query features in Athena",
      requests: [
        {
          action: "athena:StartQueryExecution",
          resource: `arn:aws:athena:${region}:${account}:workgroup/${workgroupName(environment, group)}`,
        },
        {
          action: "s3:PutObject",
          resource: `arn:aws:s3:::${buckets.analysts}/${analystPlaces.queries}${group}/example`,
        },
      ],
    },
  };
}
