import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { ServiceRole } from "./service-role";

export interface BatchScheduleProps {
  readonly name: string;
  readonly groupName: string;
  readonly account: string;
  readonly enabled: boolean;
  /** `cron(…)`, meant in `timeZone`. */
  readonly expression: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly stateMachineArn: string;
  readonly kmsKeyArn: string;
}

/** A start that could not be made within this time is dropped: a run at the wrong hour is worse than none. */
const latestStartSeconds = 15 * 60;
const startAttempts = 5;
/** Longest that SQS keeps a message (SQS quotas): 14 days. */
const keepDeadLettersSeconds = 14 * 24 * 60 * 60;

/** Starts the batch at the administrator's time, in the administrator's time zone; starts that can't be made end in a queue. */
export class BatchSchedule extends Construct {
  readonly schedule: SchedulerSchedule;
  readonly deadLetters: SqsQueue;

  constructor(scope: Construct, id: string, props: BatchScheduleProps) {
    super(scope, id);
    this.deadLetters = new SqsQueue(this, "dead-letters", {
      name: `${props.name}-not-started`,
      kmsMasterKeyId: props.kmsKeyArn,
      messageRetentionSeconds: keepDeadLettersSeconds,
    });
    const { role, rights } = new ServiceRole(this, "role", {
      roleName: `${props.name}-schedule`,
      service: "scheduler.amazonaws.com",
      account: props.account,
      statements: [
        { sid: "StartBatch", actions: ["states:StartExecution"], resources: [props.stateMachineArn] },
        { sid: "KeepDeadLetters", actions: ["sqs:SendMessage"], resources: [this.deadLetters.arn] },
        { sid: "UseKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [props.kmsKeyArn] },
      ],
    });
    const group = new SchedulerScheduleGroup(this, "group", { name: props.groupName });
    this.schedule = new SchedulerSchedule(this, "Default", {
      name: props.name,
      groupName: group.name,
      description: "Starts the batch of uploads",
      state: props.enabled ? "ENABLED" : "DISABLED",
      scheduleExpression: props.expression,
      scheduleExpressionTimezone: props.timeZone,
      flexibleTimeWindow: { mode: "OFF" },
      kmsKeyArn: props.kmsKeyArn,
      target: {
        arn: props.stateMachineArn,
        roleArn: role.arn,
        input: JSON.stringify({ startedBy: "schedule" }),
        deadLetterConfig: { arn: this.deadLetters.arn },
        retryPolicy: { maximumEventAgeInSeconds: latestStartSeconds, maximumRetryAttempts: startAttempts },
      },
      dependsOn: rights,
    });
  }
}
