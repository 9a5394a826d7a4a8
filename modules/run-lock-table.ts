import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";

export interface RunLockTableProps {
  readonly tableName: string;
  readonly kmsKeyArn: string;
}

/** A table with one item a job that runs: who runs it and until when nobody else may. */
export class RunLockTable extends Construct {
  readonly table: DynamodbTable;

  constructor(scope: Construct, id: string, { tableName, kmsKeyArn }: RunLockTableProps) {
    super(scope, id);
    this.table = new DynamodbTable(this, "Default", {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "job",
      attribute: [{ name: "job", type: "S" }],
      ttl: { attributeName: "expiresAt", enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn },
    });
  }
}
