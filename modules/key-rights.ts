import type { PolicyStatement } from "./policy";

export interface KeyRightsProps {
  readonly kmsKeyArn: string;
  /** Whether the group opens notebooks, starts jobs, models or endpoints, and reads data. */
  readonly notebooks: boolean;
  readonly jobs: boolean;
  readonly data: boolean;
}

/**
 * To use the environment's key: for data, for what jobs make, and for the disks of spaces and jobs, for which SageMaker lends the key on in the
 * name of the group's role. Without the last no space starts (SageMaker AI Developer Guide, "CreateDomain API: execution role permissions",
 * enforced by CreateApp; on jobs "CreateTrainingJob API: execution role permissions"; on the condition the policies of SageMaker Role Manager,
 * "Run Studio Applications").
 */
export function keyRights({ kmsKeyArn, notebooks, jobs, data }: KeyRightsProps): PolicyStatement[] {
  const actions = [
    ...(data || jobs ? ["kms:Decrypt", "kms:GenerateDataKey"] : []),
    ...(jobs ? ["kms:Encrypt"] : []),
    ...(notebooks ? ["kms:DescribeKey"] : []),
  ];
  const resources = [kmsKeyArn];
  return [
    ...(actions.length > 0 ? [{ sid: "UseKey", actions, resources }] : []),
    ...(notebooks || jobs
      ? [
          {
            sid: "EncryptDisks",
            actions: ["kms:CreateGrant"],
            resources,
            conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
          },
        ]
      : []),
  ];
}
