import { batchDefinition } from "../../modules/batch-definition";

const { States: states, ...machine } = JSON.parse(
  batchDefinition({
    functionArn: "arn:aws:lambda:eu-central-1:111111111111:function:batch",
    uploadsBucket: "uploads",
    pendingPrefix: "pending/",
    concurrency: 7,
    itemsPerChild: 20,
    toleratedFailurePercent: 7,
    lockTable: "run-locks",
    reportBucket: "logs",
    reportPrefix: "batch-runs/",
  }),
);

describe("the batch", () => {
  it("takes the lock first, unless another run holds it and its time is not over", () => {
    expect(machine.StartAt).toBe("TakeLock");
    expect(states.TakeLock.Arguments.ConditionExpression).toContain("attribute_not_exists(job) OR expiresAt < :now");
    expect(states.TakeLock.Arguments.TableName).toBe("run-locks");
  });

  it("takes its own lock for free, so that a write made twice does not lock the run out by itself", () => {
    const { ConditionExpression, ExpressionAttributeValues, Item } = states.TakeLock.Arguments;
    expect(ConditionExpression).toMatch(/ OR execution = :me$/);
    expect(ExpressionAttributeValues[":me"]).toEqual(Item.execution);
  });

  it("ends well when another run holds the lock, and says which", () => {
    expect(states.TakeLock.Catch).toEqual([
      { ErrorEquals: ["DynamoDB.ConditionalCheckFailedException"], Next: "FindHolder" },
    ]);
    expect(states.FindHolder.Output.heldBy).toContain("$states.result.Item");
    expect(states.FindHolder.Next).toBe("AlreadyRunning");
    expect(states.AlreadyRunning.Type).toBe("Succeed");
  });

  it("ends well too when the holder gave the lock back before it could be named", () => {
    expect(states.FindHolder).toMatchObject({
      QueryLanguage: "JSONata",
      Arguments: { TableName: "run-locks", Key: { job: { S: "batch" } }, ConsistentRead: true },
      Output: { heldBy: "{% $exists($states.result.Item) ? $states.result.Item : 'a run that has just ended' %}" },
    });
    expect(states.FindHolder).not.toHaveProperty("ResultSelector");
  });

  it("holds the lock for as long as a run may take, so that a run that is gone blocks nobody for longer", () => {
    expect(machine.TimeoutSeconds).toBe(21_600);
    expect(states.TakeLock.Arguments.Item.expiresAt.N).toContain("+ 21600)");
  });

  it("gives the lock back at once when nothing is pending", () => {
    expect(states.TakeLock.Next).toBe("LookForPending");
    expect(states.LookForPending).toMatchObject({
      Resource: "arn:aws:states:::aws-sdk:s3:listObjectsV2",
      Parameters: { Bucket: "uploads", Prefix: "pending/", MaxKeys: 1 },
      Next: "AnyPending",
    });
    expect(states.AnyPending).toEqual({
      Type: "Choice",
      Choices: [{ Variable: "$.found", NumericEquals: 0, Next: "GiveLockBack" }],
      Default: "ProcessPending",
    });
  });

  it("hands pending images to the function, so many a child and so many children at once", () => {
    expect(states.ProcessPending).toMatchObject({
      Type: "Map",
      ItemReader: { Parameters: { Bucket: "uploads", Prefix: "pending/" } },
      ItemBatcher: { MaxItemsPerBatch: 20 },
      MaxConcurrency: 7,
      ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" } },
      ResultWriter: { Parameters: { Bucket: "logs", Prefix: "batch-runs/" } },
    });
    expect(states.ProcessPending.ItemProcessor.States.ProcessImages.Parameters).toEqual({
      FunctionName: "arn:aws:lambda:eu-central-1:111111111111:function:batch",
      "Payload.$": "$",
    });
  });

  it("tries passing failures again, with full jitter", () => {
    const [retry] = states.ProcessPending.ItemProcessor.States.ProcessImages.Retry;
    expect(retry).toMatchObject({ MaxAttempts: 3, JitterStrategy: "FULL" });
    expect(retry.ErrorEquals).toEqual(expect.arrayContaining(["TransientFailures", "Lambda.TooManyRequestsException"]));
  });

  it.each(["GiveLockBack", "GiveLockBackAfterFailure"])("gives only its own lock back in %s", (state) => {
    expect(states[state].Parameters).toEqual({
      TableName: "run-locks",
      Key: { job: { S: "batch" } },
      ConditionExpression: "execution = :me",
      ExpressionAttributeValues: { ":me": { "S.$": "$$.Execution.Id" } },
    });
  });

  it.each([
    ["GiveLockBack", "Finished"],
    ["GiveLockBackAfterFailure", "RunFailed"],
  ])("goes on from %s to %s, also when the lock is not its own any more", (state, next) => {
    expect(states[state].Next).toBe(next);
    expect(states[state].Catch).toEqual([
      { ErrorEquals: ["DynamoDB.ConditionalCheckFailedException"], ResultPath: null, Next: next },
    ]);
  });

  it("gives the lock back after a failure too, and still fails", () => {
    expect(states.ProcessPending.Catch).toEqual([
      { ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "GiveLockBackAfterFailure" },
    ]);
    expect(states.GiveLockBackAfterFailure.Next).toBe("RunFailed");
    expect(states.RunFailed.Type).toBe("Fail");
    expect(states.Finished.Type).toBe("Succeed");
  });
});
