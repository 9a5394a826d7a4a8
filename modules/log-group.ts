import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";

export interface LogGroupProps {
  readonly logGroupName: string;
  /** Days that log events are kept; one of the ages CloudWatch Logs offers. */
  readonly retentionDays: number;
  readonly kmsKeyArn: string;
}

/** An encrypted log group whose events are removed at an age. */
export class LogGroup extends Construct {
  readonly group: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, { logGroupName, retentionDays, kmsKeyArn }: LogGroupProps) {
    super(scope, id);
    this.group = new CloudwatchLogGroup(this, "Default", {
      name: logGroupName,
      retentionInDays: retentionDays,
      kmsKeyId: kmsKeyArn,
    });
  }
}
