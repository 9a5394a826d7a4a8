import type { ApplyScope } from "./apply-rights";
import { databaseName } from "./feature-names";
import type { PolicyStatement } from "./policy";

const glueVerbs = ["CreateDatabase", "CreateTable", "DeleteDatabase", "DeleteTable", "UpdateDatabase", "UpdateTable"];

/**
 * The table over the feature records, the workgroups and what Studio runs at its start. Set up and removed, never used: an apply asks no
 * query and starts no notebook.
 */
export function applyAnalyticsRights({ environment, account, region, prefix }: ApplyScope): PolicyStatement[] {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const database = databaseName(environment);
  return [
    {
      sid: "ManageFeatureTable",
      actions: [...glueVerbs, "TagResource", "UntagResource"].map((action) => `glue:${action}`),
      resources: [
        arn("glue", "catalog"),
        arn("glue", `database/${database}`),
        arn("glue", `table/${database}/*`),
        // Glue asks for it whenever a database goes, for the functions in it (Glue Developer Guide, "Specifying AWS Glue resource ARNs").
        arn("glue", `userDefinedFunction/${database}/*`),
      ],
    },
    {
      sid: "ManageWorkgroups",
      actions: ["CreateWorkGroup", "DeleteWorkGroup", "TagResource", "UntagResource", "UpdateWorkGroup"].map(
        (action) => `athena:${action}`,
      ),
      resources: [arn("athena", `workgroup/${prefix}-*`)],
    },
    {
      sid: "ManageStudioStart",
      actions: ["AddTags", "CreateStudioLifecycleConfig", "DeleteStudioLifecycleConfig", "DeleteTags"].map(
        (action) => `sagemaker:${action}`,
      ),
      resources: [arn("sagemaker", `studio-lifecycle-config/${prefix}-*`)],
    },
  ];
}
