import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";

export interface CutOffRunsProps {
  readonly name: string;
  readonly account: string;
  readonly stateMachineArn: string;
  readonly reportFunction: { readonly name: string; readonly arn: string };
}

/**
 * Has a report written of runs that end without a word of their own: cut off at their longest time, or stopped by somebody. What failed
 * has reported it (Step Functions Developer Guide, "EventBridge integration").
 */
export class CutOffRuns extends Construct {
  constructor(scope: Construct, id: string, { name, account, stateMachineArn, reportFunction }: CutOffRunsProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, "rule", {
      name,
      description: "Runs of the batch that were cut off or stopped",
      eventPattern: JSON.stringify({
        source: ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        detail: { stateMachineArn: [stateMachineArn], status: ["TIMED_OUT", "ABORTED"] },
      }),
    });
    new CloudwatchEventTarget(this, "target", { rule: rule.name, targetId: "report", arn: reportFunction.arn });
    new LambdaPermission(this, "permission", {
      statementId: "cut-off-runs",
      action: "lambda:InvokeFunction",
      functionName: reportFunction.name,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
      sourceAccount: account,
    });
  }
}
