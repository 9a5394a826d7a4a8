export interface BatchDefinitionProps {
  readonly functionArn: string;
  readonly uploadsBucket: string;
  /** Prefix of images that wait. */
  readonly pendingPrefix: string;
  /** Most children at once. */
  readonly concurrency: number;
  /** Most images a child gets, 1 to 100. */
  readonly itemsPerChild: number;
  /** Share of children that may fail for passing reasons before the run stops, 0 to 100; their images stay pending. */
  readonly toleratedFailurePercent: number;
  readonly lockTable: string;
  readonly reportBucket: string;
  readonly reportPrefix: string;
}

/** The run's longest time, and with it the lock's: a run that is gone can't hold the lock for longer. */
export const runTimeoutSeconds = 6 * 60 * 60;

const job = { S: "batch" };
const now = "$floor($millis() / 1000)";

/**
 * The batch as a state machine: take the lock, or say who holds it and end well; hand the pending images to the function, if there are any, many
 * children at once; give the lock back (Step Functions Developer Guide, "Distributed mode", "Optimized integrations").
 */
export function batchDefinition(props: BatchDefinitionProps): string {
  return JSON.stringify({
    Comment: "Processes every pending image once.",
    StartAt: "TakeLock",
    TimeoutSeconds: runTimeoutSeconds,
    States: {
      TakeLock: {
        Type: "Task",
        QueryLanguage: "JSONata",
        Resource: "arn:aws:states:::dynamodb:putItem",
        Arguments: {
          TableName: props.lockTable,
          Item: {
            job,
            execution: { S: "{% $states.context.Execution.Id %}" },
            startedAt: { S: "{% $states.context.Execution.StartTime %}" },
            expiresAt: { N: `{% $string(${now} + ${runTimeoutSeconds}) %}` },
          },
          // Its own lock counts as free: a write whose answer got lost is made again.
          ConditionExpression: "attribute_not_exists(job) OR expiresAt < :now OR execution = :me",
          ExpressionAttributeValues: {
            ":now": { N: `{% $string(${now}) %}` },
            ":me": { S: "{% $states.context.Execution.Id %}" },
          },
        },
        Catch: [{ ErrorEquals: ["DynamoDB.ConditionalCheckFailedException"], Next: "FindHolder" }],
        Next: "LookForPending",
      },
      FindHolder: {
        Type: "Task",
        QueryLanguage: "JSONata",
        Resource: "arn:aws:states:::dynamodb:getItem",
        Arguments: { TableName: props.lockTable, Key: { job }, ConsistentRead: true },
        // The holder may have given the lock back meanwhile; a path to what is not there would fail the run.
        Output: { heldBy: "{% $exists($states.result.Item) ? $states.result.Item : 'a run that has just ended' %}" },
        Next: "AlreadyRunning",
      },
      AlreadyRunning: { Type: "Succeed", Comment: "The output names the run that holds the lock." },
      // Whether a Map over a listing of nothing succeeds is not documented, so that it is not asked to.
      LookForPending: {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:s3:listObjectsV2",
        Parameters: { Bucket: props.uploadsBucket, Prefix: props.pendingPrefix, MaxKeys: 1 },
        ResultSelector: { "found.$": "$.KeyCount" },
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "GiveLockBackAfterFailure" }],
        Next: "AnyPending",
      },
      AnyPending: {
        Type: "Choice",
        Choices: [{ Variable: "$.found", NumericEquals: 0, Next: "GiveLockBack" }],
        Default: "ProcessPending",
      },
      ProcessPending: {
        Type: "Map",
        Label: "Pending",
        ItemReader: {
          Resource: "arn:aws:states:::s3:listObjectsV2",
          Parameters: { Bucket: props.uploadsBucket, Prefix: props.pendingPrefix },
        },
        ItemBatcher: { MaxItemsPerBatch: props.itemsPerChild },
        MaxConcurrency: props.concurrency,
        ToleratedFailurePercentage: props.toleratedFailurePercent,
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
          StartAt: "ProcessImages",
          States: { ProcessImages: processImages(props.functionArn) },
        },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Parameters: { Bucket: props.reportBucket, Prefix: props.reportPrefix },
        },
        ResultPath: null,
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "GiveLockBackAfterFailure" }],
        Next: "GiveLockBack",
      },
      GiveLockBack: giveLockBack(props.lockTable, "Finished"),
      GiveLockBackAfterFailure: giveLockBack(props.lockTable, "RunFailed"),
      Finished: { Type: "Succeed" },
      RunFailed: {
        Type: "Fail",
        Error: "BatchFailed",
        Cause: "Too many images failed; those not processed stay pending and the next run takes them.",
      },
    },
  });
}

const processImages = (functionArn: string) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: { FunctionName: functionArn, "Payload.$": "$" },
  Retry: [
    {
      ErrorEquals: [
        "TransientFailures",
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.TooManyRequestsException",
        "Lambda.Unknown",
      ],
      IntervalSeconds: 2,
      MaxAttempts: 3,
      BackoffRate: 2,
      MaxDelaySeconds: 20,
      JitterStrategy: "FULL",
    },
  ],
  OutputPath: "$.Payload",
  End: true,
});

/**
 * Only the run that holds the lock gives it back. That it is gone or another's by now is no failure of this run: it may have given
 * it back itself, in a call whose answer got lost.
 */
const giveLockBack = (lockTable: string, next: string) => ({
  Type: "Task",
  Resource: "arn:aws:states:::dynamodb:deleteItem",
  Parameters: {
    TableName: lockTable,
    Key: { job },
    ConditionExpression: "execution = :me",
    ExpressionAttributeValues: { ":me": { "S.$": "$$.Execution.Id" } },
  },
  ResultPath: null,
  Retry: [{ ErrorEquals: ["DynamoDB.ProvisionedThroughputExceededException", "States.Timeout"], MaxAttempts: 3 }],
  Catch: [{ ErrorEquals: ["DynamoDB.ConditionalCheckFailedException"], ResultPath: null, Next: next }],
  Next: next,
});
