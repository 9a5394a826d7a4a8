import type { PolicyStatement } from "./policy";

export interface QueryPagesProps {
  readonly account: string;
  readonly region: string;
  /** ARNs of the workgroups in which queries may be asked. */
  readonly workgroupArns: readonly string[];
}

/**
 * What Athena's pages in the console ask beside queries themselves: which workgroups, catalogs, databases and tables there are, by their names.
 * Without it nobody finds the group's workgroup there (Athena User Guide, "Example workgroup policies", running queries in a specified workgroup;
 * on the list of databases "Fine-grained access to databases and tables", SHOW DATABASES).
 */
export function queryPages({ account, region, workgroupArns }: QueryPagesProps): PolicyStatement[] {
  const glue = `arn:aws:glue:${region}:${account}`;
  const athena = (names: readonly string[]) => names.map((name) => `athena:${name}`);
  return [
    {
      // Lists can't be limited (Service Authorization Reference, "Amazon Athena").
      sid: "FindWorkgroups",
      actions: athena(["ListDataCatalogs", "ListEngineVersions", "ListWorkGroups"]),
      resources: ["*"],
    },
    {
      sid: "FindTables",
      actions: athena(["GetDataCatalog", "GetDatabase", "GetTableMetadata", "ListDatabases", "ListTableMetadata"]),
      resources: [`arn:aws:athena:${region}:${account}:datacatalog/*`],
    },
    { sid: "FindDatabases", actions: ["glue:GetDatabases"], resources: [`${glue}:catalog`, `${glue}:database/*`] },
    {
      sid: "LookAtQueries",
      actions: athena(["BatchGetQueryExecution", "GetQueryRuntimeStatistics", "ListNamedQueries"]),
      resources: workgroupArns,
    },
  ];
}
