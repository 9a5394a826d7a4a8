import { analystPlaces } from "./analyst-places";
import { featureTableName } from "./feature-names";
import type { PolicyStatement } from "./policy";

export interface QueryRightsProps {
  /** Name of the group. */
  readonly group: string;
  readonly account: string;
  readonly region: string;
  readonly workgroupName: string;
  readonly databaseName: string;
  /** Names of the buckets with the feature records and with the results. */
  readonly buckets: { readonly processed: string; readonly analysts: string };
}

/** Queries are asked, watched and stopped within the group's own workgroup (Service Authorization Reference, "Amazon Athena"). */
const athenaActions = [
  "GetQueryExecution",
  "GetQueryResults",
  "GetQueryResultsStream",
  "GetWorkGroup",
  "ListQueryExecutions",
  "StartQueryExecution",
  "StopQueryExecution",
];

/**
 * What Athena asks Glue in the name of whoever queries. It looks for the database `default` of the region, too, and makes it where there is none;
 * without a right to both it does not work with Glue's catalog (Athena User Guide, "Fine-grained access to databases and tables", access policy to
 * the default database). To make a database that is there already does nothing.
 */
const glueActions = [
  "CreateDatabase",
  "GetDatabase",
  "GetDatabases",
  "GetPartition",
  "GetPartitions",
  "GetTable",
  "GetTables",
];

/** To query the feature records; reading the records themselves is another right, without which every query is refused by S3. */
export function queryRights(props: QueryRightsProps): PolicyStatement[] {
  const glue = `arn:aws:glue:${props.region}:${props.account}`;
  const processed = `arn:aws:s3:::${props.buckets.processed}`;
  const analysts = `arn:aws:s3:::${props.buckets.analysts}`;
  const results = `${analystPlaces.queries}${props.group}/`;
  return [
    {
      sid: "AskInWorkgroup",
      actions: athenaActions.map((action) => `athena:${action}`),
      resources: [`arn:aws:athena:${props.region}:${props.account}:workgroup/${props.workgroupName}`],
    },
    {
      sid: "FindFeatureTable",
      actions: glueActions.map((action) => `glue:${action}`),
      resources: [
        `${glue}:catalog`,
        `${glue}:database/default`,
        `${glue}:database/${props.databaseName}`,
        `${glue}:table/${props.databaseName}/${featureTableName}`,
      ],
    },
    {
      sid: "KeepQueryResults",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      resources: [`${analysts}/${results}*`],
    },
    {
      sid: "ListQueryResults",
      actions: ["s3:ListBucket"],
      resources: [analysts],
      conditions: { StringLike: { "s3:prefix": `${results}*` } },
    },
    { sid: "FindBuckets", actions: ["s3:GetBucketLocation"], resources: [processed, analysts] },
  ];
}
