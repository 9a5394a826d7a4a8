import type { Construct } from "constructs";
import { costTag } from "../environments/cost-tag";
import { ownName } from "../environments/own-name";
import type { Environment } from "../environments/schema";
import { prefixes } from "../functions/common/layout";
import { analystPlaces } from "../modules/analyst-places";
import { containerAccount } from "../modules/container-account";
import { databaseName, featureTableName } from "../modules/feature-names";
import { FeatureTable } from "../modules/feature-table";
import { workgroupName } from "../modules/group-rights";
import { resourceName } from "../modules/names";
import { QueryWorkgroup } from "../modules/query-workgroup";
import { StarterNotebooks } from "../modules/starter-notebooks";
import { starterScript } from "../modules/starter-script";
import { StudioStart } from "../modules/studio-start";
import type { DataStack } from "./data-stack";
import { starterFiles, startScript } from "./starter-files";

type Group = Environment["analytics"]["groups"][number];

/** Whoever may not read the feature records has no use for queries of them. */
const queries = (group: Group): boolean => group.data.includes("features");

/** Data made ready for analysis: the table over the feature records, a workgroup a group that may read them, the starter notebooks. */
export class AnalystData {
  /** ARN of what Studio runs whenever JupyterLab starts. */
  readonly startArn: string;

  constructor(
    scope: Construct,
    private readonly environment: Environment,
    private readonly data: DataStack,
    /** Ids of the security groups of jobs, by group. */
    jobNetworks: ReadonlyMap<string, string>,
  ) {
    const { account, analytics, name } = environment;
    new FeatureTable(scope, "features", {
      databaseName: databaseName(name),
      location: `s3://${data.processed.bucketName}/${prefixes.features}`,
      firstDay: analytics.queries.firstDay,
    });
    for (const group of analytics.groups.filter(queries)) {
      new QueryWorkgroup(scope, `queries-${group.name}`, {
        workgroupName: workgroupName(environment, group.name),
        description: `Queries of ${group.name}`,
        resultLocation: `s3://${data.analysts.bucketName}/${analystPlaces.queries}${group.name}/`,
        account,
        kmsKeyArn: data.key.arn,
        maxScanGigabytes: analytics.queries.maxScanGigabytes,
        tags: { [costTag]: ownName(name, group.name) },
      });
    }
    new StarterNotebooks(scope, "notebooks", {
      bucketName: data.apps.bucketName,
      prefix: analystPlaces.notebooks,
      files: starterFiles(scope),
      // Only AWS knows them, so that the script of Studio's start can't; it reads them here.
      made: { "job-networks": [...jobNetworks].map(([group, id]) => `${group}=${id}\n`).join("") },
    });
    this.startArn = new StudioStart(scope, "studio-start", {
      name: resourceName(environment, "start"),
      script: starterScript(this.starterSettings(), startScript()),
    }).arn;
  }

  private starterSettings() {
    const { analytics, name, region } = this.environment;
    return {
      starter: `s3://${this.data.apps.bucketName}/${analystPlaces.notebooks}`,
      rolePrefix: resourceName(this.environment, "analysts-"),
      common: {
        DARKROOM_ENVIRONMENT: name,
        DARKROOM_REGION: region,
        DARKROOM_CONTAINERS: containerAccount(region),
        DARKROOM_PROCESSED_BUCKET: this.data.processed.bucketName,
        DARKROOM_ANALYSTS_BUCKET: this.data.analysts.bucketName,
        DARKROOM_DATABASE: databaseName(name),
        DARKROOM_TABLE: featureTableName,
      },
      groups: Object.fromEntries(
        analytics.groups.map((group) => [
          group.name,
          {
            DARKROOM_OWN_NAME: ownName(name, group.name),
            DARKROOM_WORKGROUP: queries(group) ? workgroupName(this.environment, group.name) : "",
            DARKROOM_INSTANCE_TYPES: group.instanceTypes.join(","),
            DARKROOM_MAX_RUNTIME_HOURS: String(group.maxRuntimeHours),
          },
        ]),
      ),
    };
  }
}
