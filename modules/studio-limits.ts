import { costTag } from "../environments/cost-tag";
import { ownName, ownPrefix } from "../environments/own-name";
import { ownDisks } from "./own-disks";
import type { PolicyStatement } from "./policy";

export interface StudioLimitsProps {
  /** Name of the environment. */
  readonly environment: string;
  readonly group: {
    readonly name: string;
    /** SageMaker's types, as `ml.g5.xlarge`. */
    readonly instanceTypes: readonly string[];
    /** Longest run of one job, in hours. */
    readonly maxRuntimeHours: number;
  };
  /** The key that what jobs make has to be encrypted with, and their disks. */
  readonly kmsKeyArn: string;
  /** Where jobs and models have to run. */
  readonly network: { readonly subnetIds: readonly string[]; readonly securityGroupId: string };
}

/** What Studio names where an app of its own needs no instance of the group's (SageMaker API reference, ResourceSpec). */
const studioItself = "system";

const actions = (...names: string[]) => names.map((name) => `sagemaker:${name}`);
/** Training, tuning and processing jobs, which have a time limit and a network of their own; a transform job has its model's network. */
const timed = actions("Create*ingJob");
const jobs = actions("Create*Job");

/**
 * What a group is refused whatever else is granted: other instance types, longer jobs or jobs without an end, jobs outside the network or
 * without the environment's key, another group's models, costs without the tags of the group and of the environment. A condition of a
 * refusal that begins with "not" or ends with "IfExists" also holds where the request leaves the key out (IAM User Guide, "Condition
 * operators"; keys of the Service Authorization Reference, "Amazon SageMaker AI").
 */
export function studioLimits(props: StudioLimitsProps): PolicyStatement[] {
  const { environment, group, kmsKeyArn, network } = props;
  const refuse = (
    sid: string,
    refused: readonly string[],
    conditions: NonNullable<PolicyStatement["conditions"]>,
  ): PolicyStatement => ({ sid, effect: "Deny", actions: refused, resources: ["*"], conditions });
  const keyed = group.instanceTypes.filter((type) => !ownDisks.test(type));
  const placed = [...timed, "sagemaker:CreateModel"];
  const billed = [...jobs, "sagemaker:CreateEndpoint"];
  return [
    refuse("OnlyTheseInstanceTypes", actions("Create*", "Update*"), {
      "ForAnyValue:StringNotLike": { "sagemaker:InstanceTypes": [studioItself, ...group.instanceTypes] },
    }),
    refuse("OnlyThisLong", timed, {
      NumericGreaterThanIfExists: { "sagemaker:MaxRuntimeInSeconds": String(group.maxRuntimeHours * 60 * 60) },
    }),
    refuse("NeverOutsideNetwork", placed, { Null: { "sagemaker:VpcSubnets": "true" } }),
    refuse("OnlyTheseSubnets", placed, {
      "ForAnyValue:StringNotEquals": { "sagemaker:VpcSubnets": network.subnetIds },
    }),
    refuse("OnlyThisSecurityGroup", placed, {
      "ForAnyValue:StringNotEquals": { "sagemaker:VpcSecurityGroupIds": network.securityGroupId },
    }),
    refuse("OnlyEncryptedOutput", jobs, { ArnNotEquals: { "sagemaker:OutputKmsKey": kmsKeyArn } }),
    ...(keyed.length > 0
      ? [
          refuse("OnlyEncryptedDisks", [...jobs, "sagemaker:CreateEndpointConfig"], {
            ArnNotEquals: { "sagemaker:VolumeKmsKey": kmsKeyArn },
            "ForAnyValue:StringEquals": { "sagemaker:InstanceTypes": keyed },
          }),
        ]
      : []),
    refuse("OnlyOwnModels", actions("CreateTransformJob", "CreateEndpointConfig"), {
      ArnNotLike: {
        "sagemaker:ModelArn": `arn:aws:sagemaker:*:*:model/${ownPrefix(environment, group.name)}*`,
      },
    }),
    // Two, for the keys of one refusal would have to differ together.
    refuse("OnlyUnderOwnTag", billed, {
      StringNotEquals: { [`aws:RequestTag/${costTag}`]: ownName(environment, group.name) },
    }),
    refuse("OnlyInEnvironment", billed, { StringNotEquals: { "aws:RequestTag/environment": environment } }),
  ];
}
