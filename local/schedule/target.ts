import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import type { Target } from "@aws-sdk/client-scheduler";
import { type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";

/** What EventBridge Scheduler puts in the place of its context attributes (User Guide, "Adding context attributes"). */
export interface RunContext {
  readonly scheduleArn: string;
  readonly scheduledTime: Date;
  readonly executionId: string;
}

const inputOf = ({ Input = "{}" }: Target, context: RunContext): string =>
  Input.replaceAll("<aws.scheduler.schedule-arn>", context.scheduleArn)
    .replaceAll("<aws.scheduler.scheduled-time>", context.scheduledTime.toISOString().replace(/\.\d{3}Z$/, "Z"))
    .replaceAll("<aws.scheduler.execution-id>", context.executionId)
    .replaceAll("<aws.scheduler.attempt-number>", "1");

/**
 * Starts a schedule's target and returns the ARN of what runs: the execution of a state machine, or the function.
 * @throws Error for any other target.
 */
export const startTarget = async (
  target: Target,
  context: RunContext,
  { sfn, lambda }: { readonly sfn: SFNClient; readonly lambda: LambdaClient },
): Promise<string> => {
  const arn = target.Arn ?? "";
  const input = inputOf(target, context);
  if (arn.startsWith("arn:aws:states:")) {
    const { executionArn = "" } = await sfn.send(new StartExecutionCommand({ stateMachineArn: arn, input }));
    return executionArn;
  }
  if (arn.startsWith("arn:aws:lambda:")) {
    await lambda.send(new InvokeCommand({ FunctionName: arn, InvocationType: "Event", Payload: Buffer.from(input) }));
    return arn;
  }
  throw new Error(`schedule ${context.scheduleArn}: expected a state machine or a function as target, but got ${arn}`);
};
