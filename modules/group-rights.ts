import type { Environment } from "../environments/schema";
import { type AnalystRightsProps, analystRights } from "./analyst-rights";
import { databaseName } from "./feature-names";
import { mergeLists } from "./merge-lists";
import { mergeReads } from "./merge-reads";
import { bucketName, resourceName } from "./names";
import type { PolicyStatement } from "./policy";
import { queryRights } from "./query-rights";
import { workspaceRights } from "./workspace-rights";

type Group = Environment["analytics"]["groups"][number];
type Settings = Pick<Environment, "name" | "account" | "region" | "analytics">;

/** What only AWS knows. */
export type Made = Pick<AnalystRightsProps, "kmsKeyArn" | "network">;

/** `darkroom-prod-analysts-image-analysts`: the role of a group. */
export const groupRoleName = (environment: Settings, group: string): string =>
  resourceName(environment, `analysts-${group}`);

/** `darkroom-prod-analysts-image-analysts`: where a group asks Athena. */
export const workgroupName = groupRoleName;

/** The buckets that groups may reach into, by what they are for. */
export const groupBuckets = (environment: Settings) => ({
  processed: bucketName(environment, "processed"),
  uploads: bucketName(environment, "uploads"),
  quarantine: bucketName(environment, "quarantine"),
  analysts: bucketName(environment, "analysts"),
  apps: bucketName(environment, "apps"),
});

/** All that a group may do, as its role says it: in Studio, on data, in Athena, in its own folders. */
export function groupRights(environment: Settings, group: Group, made: Made): PolicyStatement[] {
  const { account, analytics, name, region } = environment;
  const buckets = groupBuckets(environment);
  const may = (word: Group["access"][number]) => group.access.includes(word);
  const rights = mergeLists([
    ...analystRights({
      ...made,
      environment: name,
      group,
      account,
      region,
      buckets,
      roleName: groupRoleName(environment, group.name),
      prebuiltModels: analytics.prebuiltModels,
    }),
    // Whoever may not read the feature records has no use for queries of them.
    ...(group.data.includes("features")
      ? queryRights({
          group: group.name,
          account,
          region,
          workgroupName: workgroupName(environment, group.name),
          databaseName: databaseName(name),
          buckets,
        })
      : []),
    ...workspaceRights({
      group: group.name,
      notebooks: may("notebooks"),
      // Batch inference, too, has to write what it made somewhere.
      training: may("training") || may("batch-inference"),
      buckets,
    }),
  ]);
  return mergeReads(rights);
}
