import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { Construct } from "constructs";
import { featureTableName } from "./feature-names";
import { hiveColumns } from "./hive-columns";

export interface FeatureTableProps {
  readonly databaseName: string;
  /** `s3://<bucket>/features/`, with one folder `dt=<day>/` a day. */
  readonly location: string;
  /** First day of which there are records, `2026-01-31`. */
  readonly firstDay: string;
}

/**
 * A database with one table over the feature records. Days are reckoned from their range up to today (UTC), so that new ones are there at
 * once without a crawler (Athena User Guide, "Partition projection with Amazon Athena").
 */
export class FeatureTable extends Construct {
  constructor(scope: Construct, id: string, props: FeatureTableProps) {
    super(scope, id);
    const database = new GlueCatalogDatabase(this, "database", {
      name: props.databaseName,
      description: "What analysts query: docs/analysts.md",
    });
    new GlueCatalogTable(this, "Default", {
      name: featureTableName,
      databaseName: database.name,
      description: "One record for each processed image: docs/features.md",
      tableType: "EXTERNAL_TABLE",
      partitionKeys: [{ name: "dt", type: "string", comment: "Day (UTC) on which the image was received" }],
      parameters: {
        EXTERNAL: "TRUE",
        classification: "json",
        "projection.enabled": "true",
        "projection.dt.type": "date",
        "projection.dt.format": "yyyy-MM-dd",
        "projection.dt.interval": "1",
        "projection.dt.interval.unit": "DAYS",
        "projection.dt.range": `${props.firstDay},NOW`,
        // Two dollars: Athena puts the day in, not Terraform (Terraform language, "Strings and templates").
        "storage.location.template": `${props.location}dt=$\${dt}/`,
      },
      storageDescriptor: {
        location: props.location,
        columns: [...hiveColumns],
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        serDeInfo: { name: "json", serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
      },
    });
  }
}
