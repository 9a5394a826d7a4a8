import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { prefixes } from "../functions/common/layout";
import { batchDefinition } from "./batch-definition";
import { LogGroup } from "./log-group";
import type { PolicyStatement } from "./policy";
import { ServiceRole } from "./service-role";

export interface BatchWorkflowProps {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly functionArn: string;
  /** Longest call of the function, in seconds. */
  readonly functionTimeoutSeconds: number;
  readonly reportFunctionArn: string;
  readonly uploads: { readonly bucketName: string; readonly arn: string; readonly pendingPrefix: string };
  readonly processed: { readonly bucketName: string; readonly arn: string };
  readonly reports: { readonly bucketName: string; readonly arn: string; readonly prefix: string };
  readonly lockTable: { readonly name: string; readonly arn: string };
  readonly concurrency: number;
  readonly itemsPerChild: number;
  /** Share of calls that may fail before the run stops, 0 to 100. */
  readonly toleratedFailurePercent: number;
  readonly kmsKeyArn: string;
  readonly logRetentionDays: number;
}

/** The batch of uploads as a Step Functions state machine with a role, a log and traces of its own. */
export class BatchWorkflow extends Construct {
  readonly stateMachine: SfnStateMachine;

  constructor(scope: Construct, id: string, props: BatchWorkflowProps) {
    super(scope, id);
    const { group } = new LogGroup(this, "log", {
      logGroupName: `/aws/vendedlogs/states/${props.name}`,
      retentionDays: props.logRetentionDays,
      kmsKeyArn: props.kmsKeyArn,
    });
    const { role, rights: granted } = new ServiceRole(this, "role", {
      roleName: `${props.name}-workflow`,
      service: "states.amazonaws.com",
      account: props.account,
      statements: rights(props),
    });
    this.stateMachine = new SfnStateMachine(this, "Default", {
      name: props.name,
      type: "STANDARD",
      roleArn: role.arn,
      definition: batchDefinition({
        functionArn: props.functionArn,
        functionTimeoutSeconds: props.functionTimeoutSeconds,
        reportFunctionArn: props.reportFunctionArn,
        uploadsBucket: props.uploads.bucketName,
        pendingPrefix: props.uploads.pendingPrefix,
        processedBucket: props.processed.bucketName,
        concurrency: props.concurrency,
        itemsPerChild: props.itemsPerChild,
        toleratedFailurePercent: props.toleratedFailurePercent,
        lockTable: props.lockTable.name,
        reportBucket: props.reports.bucketName,
        reportPrefix: props.reports.prefix,
      }),
      // With the data of what failed: names of images, no images. The log is encrypted and kept for `retention.logDays`.
      loggingConfiguration: { level: "ERROR", includeExecutionData: true, logDestination: `${group.arn}:*` },
      tracingConfiguration: { enabled: true },
      dependsOn: granted,
    });
  }
}

const listing = (sid: string, bucketArn: string, below: readonly string[]): PolicyStatement => ({
  sid,
  actions: ["s3:ListBucket"],
  resources: [bucketArn],
  conditions: { StringLike: { "s3:prefix": below.map((prefix) => `${prefix}*`) } },
});

function rights(props: BatchWorkflowProps): PolicyStatement[] {
  const states = (kind: string, rest: string) =>
    `arn:aws:states:${props.region}:${props.account}:${kind}:${props.name}${rest}`;
  return [
    {
      sid: "CallFunctions",
      actions: ["lambda:InvokeFunction"],
      resources: [props.functionArn, props.reportFunctionArn],
    },
    {
      sid: "HoldLock",
      actions: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:DeleteItem"],
      resources: [props.lockTable.arn],
    },
    listing("ListUploads", props.uploads.arn, [props.uploads.pendingPrefix, prefixes.originals]),
    listing("ListFeatures", props.processed.arn, [prefixes.features]),
    {
      sid: "WriteReport",
      actions: ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
      resources: [`${props.reports.arn}/${props.reports.prefix}*`],
    },
    { sid: "StartChildren", actions: ["states:StartExecution"], resources: [states("stateMachine", "")] },
    {
      sid: "WatchChildren",
      actions: ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"],
      resources: [states("execution", ":*"), states("execution", "/*")],
    },
    { sid: "UseKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [props.kmsKeyArn] },
    {
      sid: "DeliverLog",
      actions: [
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
      ],
      resources: ["*"],
    },
    {
      sid: "WriteTraces",
      actions: [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
      ],
      resources: ["*"],
    },
  ];
}
