import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { policyDocument } from "./policy";

/** A metric that must stay at or below `threshold`; anything above it in one period is told to people. */
export interface Watch {
  /** Part of the alarm's name, for example `batch-failed`. */
  readonly id: string;
  /** What it means and what to do, in the mail that people get. */
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Sum" | "Maximum";
  readonly threshold: number;
  /**
   * Seconds that are looked at together, ending now: a multiple of 60, a week at most (CloudWatch API reference,
   * PutMetricAlarm, Period). @default 300
   */
  readonly periodSeconds?: number;
  /** What a period is in which nothing was measured. @default "fine" */
  readonly whenMissing?: "fine" | "alarm";
}

export interface AlarmsProps {
  /** Alarms are named `<name>-<watch id>`, the topic `<name>-alarms`. */
  readonly name: string;
  readonly account: string;
  readonly kmsKeyArn: string;
  readonly emails: readonly string[];
  readonly watches: readonly Watch[];
}

const usualPeriodSeconds = 300;

/** One topic with the people to tell, and an alarm for each thing watched. */
export class Alarms extends Construct {
  readonly topic: SnsTopic;

  constructor(scope: Construct, id: string, { name, account, kmsKeyArn, emails, watches }: AlarmsProps) {
    super(scope, id);
    this.topic = new SnsTopic(this, "topic", { name: `${name}-alarms`, kmsMasterKeyId: kmsKeyArn });
    new SnsTopicPolicy(this, "topic-policy", {
      arn: this.topic.arn,
      policy: policyDocument([
        {
          sid: "AlarmsOfThisAccount",
          principals: { Service: "cloudwatch.amazonaws.com" },
          actions: ["sns:Publish"],
          resources: [this.topic.arn],
          conditions: { StringEquals: { "aws:SourceAccount": account } },
        },
      ]),
    });
    for (const email of emails) {
      new SnsTopicSubscription(this, `mail-${email}`, { topicArn: this.topic.arn, protocol: "email", endpoint: email });
    }
    for (const watch of watches) {
      new CloudwatchMetricAlarm(this, watch.id, {
        alarmName: `${name}-${watch.id}`,
        alarmDescription: watch.description,
        namespace: watch.namespace,
        metricName: watch.metric,
        dimensions: watch.dimensions,
        statistic: watch.statistic,
        period: watch.periodSeconds ?? usualPeriodSeconds,
        evaluationPeriods: 1,
        threshold: watch.threshold,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: watch.whenMissing === "alarm" ? "breaching" : "notBreaching",
        alarmActions: [this.topic.arn],
        okActions: [this.topic.arn],
      });
    }
  }
}
