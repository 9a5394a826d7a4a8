import type { Construct } from "constructs";
import { scheduleExpression } from "../environments/schedule";
import type { Environment } from "../environments/schema";
import { prefixes } from "../functions/common/layout";
import { BatchSchedule } from "../modules/batch-schedule";
import { BatchWorkflow } from "../modules/batch-workflow";
import { CutOffRuns } from "../modules/cut-off-runs";
import { ImageFunction } from "../modules/image-function";
import { batchRights, reportRights, streamRights } from "../modules/image-function-rights";
import { KafkaSource } from "../modules/kafka-source";
import type { PolicyStatement } from "../modules/policy";
import { S3OnlyNetwork } from "../modules/s3-only-network";
import { BaseStack } from "./base-stack";
import { functionCode } from "./function-code";
import type { Layers } from "./layers";
import { observePipeline } from "./pipeline-watch";
import { processingContainer } from "./processing-container";
import { buildWebApps } from "./web-apps";

/** What processes images: the stream function fed by Kafka, the batch at the administrator's time, the web apps, and what watches them. */
export class ComputeStack extends BaseStack {
  constructor(scope: Construct, environment: Environment, layers: Layers) {
    super(scope, environment, "compute");
    const { account, processing, region, retention, schedule, streaming } = environment;
    const { data, network } = layers;
    const kmsKeyArn = data.key.arn;
    const { code, processingVersion } = functionCode(this, environment);
    const { groupId } = new S3OnlyNetwork(this, "functions-network", {
      name: this.named("functions"),
      vpcId: network.vpcId,
      s3PrefixListId: network.endpoints.s3PrefixListId,
    });
    const called = processingContainer(this, environment, layers, groupId);
    const imageFunction = (part: "stream" | "batch", concurrency: number, statements: PolicyStatement[]) =>
      new ImageFunction(this, part, {
        functionName: this.named(part),
        handler: `${part}.handler`,
        code,
        memoryMegabytes: processing.memoryMegabytes,
        timeoutSeconds: processing.timeoutSeconds,
        concurrency,
        environment: {
          ENVIRONMENT: environment.name,
          UPLOADS_BUCKET: data.uploads.bucketName,
          PROCESSED_BUCKET: data.processed.bucketName,
          QUARANTINE_BUCKET: data.quarantine.bucketName,
          PROCESSING: JSON.stringify({ limits: processing.limits, renditions: processing.renditions }),
          PROCESSING_VERSION: processingVersion,
          ...called.environment,
        },
        statements: [...statements, ...called.statements],
        account,
        kmsKeyArn,
        logRetentionDays: retention.logDays,
        subnetIds: network.subnets.privateIds,
        securityGroupIds: [groupId, ...called.securityGroupIds],
      });
    const buckets = {
      uploadsArn: data.uploads.arn,
      processedArn: data.processed.arn,
      quarantineArn: data.quarantine.arn,
      kmsKeyArn,
    };

    const consumerGroup = this.named("stream");
    const topic = { clusterArn: layers.streaming.clusterArn, topic: streaming.topic };
    const stream = imageFunction("stream", processing.streamConcurrency, [
      ...streamRights(buckets),
      ...KafkaSource.rights(topic, consumerGroup),
    ]);
    const { mapping } = new KafkaSource(this, "stream-source", {
      ...topic,
      target: stream,
      consumerGroup,
      consumer: streaming.consumer,
      onFailureBucketArn: data.quarantine.arn,
    });

    const batch = imageFunction("batch", processing.batchConcurrency, batchRights(buckets));
    const report = new ImageFunction(this, "batch-report", {
      functionName: this.named("batch-report"),
      handler: "report.handler",
      code,
      memoryMegabytes: 512,
      // Results of millions of images are read from end to end (docs/operations.md).
      timeoutSeconds: 900,
      concurrency: 1,
      environment: { ENVIRONMENT: environment.name, REPORTS_BUCKET: data.logs.bucketName },
      statements: reportRights(data.logs.arn),
      account,
      kmsKeyArn,
      logRetentionDays: retention.logDays,
      subnetIds: network.subnets.privateIds,
      securityGroupIds: [groupId],
    });
    const { stateMachine } = new BatchWorkflow(this, "batch-workflow", {
      name: this.named("batch"),
      account,
      region,
      functionArn: batch.lambda.arn,
      functionTimeoutSeconds: processing.timeoutSeconds,
      reportFunctionArn: report.lambda.arn,
      processed: { bucketName: data.processed.bucketName, arn: data.processed.arn },
      uploads: { bucketName: data.uploads.bucketName, arn: data.uploads.arn, pendingPrefix: prefixes.pending },
      reports: { bucketName: data.logs.bucketName, arn: data.logs.arn, prefix: prefixes.batchRuns },
      lockTable: data.runLocks.table,
      concurrency: processing.batchConcurrency,
      itemsPerChild: processing.batchItems,
      toleratedFailurePercent: processing.batchToleratedFailurePercent,
      kmsKeyArn,
      logRetentionDays: retention.logDays,
    });
    new CutOffRuns(this, "cut-off-runs", {
      name: this.named("batch-cut-off"),
      account,
      stateMachineArn: stateMachine.arn,
      reportFunction: { name: report.lambda.functionName, arn: report.lambda.arn },
    });
    const { deadLetters } = new BatchSchedule(this, "batch-schedule", {
      name: this.named("batch"),
      groupName: this.named("schedules"),
      account,
      enabled: schedule.enabled,
      expression: scheduleExpression(schedule),
      timeZone: schedule.timeZone,
      stateMachineArn: stateMachine.arn,
      kmsKeyArn,
    });

    buildWebApps(this, environment, layers);
    observePipeline(this, environment, {
      kmsKeyArn,
      streamFunction: this.named("stream"),
      streamMapping: mapping.uuid,
      batchFunction: this.named("batch"),
      processingFunction: called.environment.PROCESSING_FUNCTION,
      stateMachineArn: stateMachine.arn,
      notStartedQueue: deadLetters.name,
    });
  }
}
