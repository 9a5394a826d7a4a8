import { childSeconds, executionType } from "../../modules/batch-child";
import { batchDefinition } from "../../modules/batch-definition";

const { States: states, ...machine } = JSON.parse(
  batchDefinition({
    functionArn: "arn:aws:lambda:eu-central-1:111111111111:function:batch",
    functionTimeoutSeconds: 60,
    reportFunctionArn: "arn:aws:lambda:eu-central-1:111111111111:function:report",
    uploadsBucket: "uploads",
    pendingPrefix: "pending/",
    processedBucket: "processed",
    concurrency: 7,
    itemsPerChild: 20,
    toleratedFailurePercent: 7,
    lockTable: "run-locks",
    reportBucket: "logs",
    reportPrefix: "batch-runs/",
  }),
);
const child = states.ProcessListed.ItemProcessor.States;

describe("the batch", () => {
  it("takes the lock before it looks, unless another run holds it and its time is not over", () => {
    expect(machine.StartAt).toBe("Plan");
    expect(states.Plan.Next).toBe("TakeLock");
    expect(states.TakeLock.Next).toBe("LookForImages");
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

  it("hands listed images to the function, so many a child and so many children at once", () => {
    expect(states.ProcessListed).toMatchObject({
      Type: "Map",
      ItemReader: { Parameters: { "Bucket.$": "$.list.bucket", "Prefix.$": "$.list.prefix" } },
      ItemBatcher: { MaxItemsPerBatch: 20 },
      MaxConcurrency: 7,
      ToleratedFailurePercentage: 7,
      ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" } },
      ResultWriter: { Parameters: { Bucket: "logs", "Prefix.$": "$.results" } },
    });
    expect(child.ProcessImages.Parameters).toEqual({
      FunctionName: "arn:aws:lambda:eu-central-1:111111111111:function:batch",
      "Payload.$": "$",
    });
  });

  it("tries throttled calls again, with full jitter", () => {
    const [retry] = child.ProcessImages.Retry;
    expect(retry).toMatchObject({ MaxAttempts: 3, JitterStrategy: "FULL" });
    expect(retry.ErrorEquals).toEqual(expect.arrayContaining(["Lambda.TooManyRequestsException"]));
  });

  it.each(["TakeLock", "GiveLockBack", "GiveLockBackAfterFailure"])(
    "asks the table again in %s after a fault, but takes a refusal for an answer",
    (state) => {
      const [refusal, others] = states[state].Retry;
      expect(refusal).toEqual({ ErrorEquals: ["DynamoDB.ConditionalCheckFailedException"], MaxAttempts: 0 });
      expect(others).toMatchObject({ ErrorEquals: ["States.ALL"], MaxAttempts: 4, JitterStrategy: "FULL" });
    },
  );

  it.each(["LookForImages", "ReportNothing", "ReportSuccess", "ReportFailure"])("tries %s again", (state) => {
    expect(states[state].Retry).toMatchObject([
      { ErrorEquals: ["States.ALL"], MaxAttempts: 3, JitterStrategy: "FULL" },
    ]);
  });

  it("gives up a call that Lambda itself does not end in time", () => {
    expect(child.ProcessImages.TimeoutSeconds).toBe(65);
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

  it.each(["LookForImages", "ProcessListed"])(
    "reports a failure in %s, gives the lock back, and still fails",
    (state) => {
      expect(states[state].Catch).toEqual([
        { ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "ReportFailure" },
      ]);
      expect(states.ReportFailure.Next).toBe("GiveLockBackAfterFailure");
      expect(states.RunFailed.Type).toBe("Fail");
    },
  );

  it.each(["ReportNothing", "ReportSuccess", "ReportFailure"])("gives the lock back when %s cannot", (state) => {
    expect(states[state].Catch).toEqual([
      { ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "GiveLockBackAfterFailure" },
    ]);
  });
});

describe("a child of the batch", () => {
  it("is the cheap kind, which is cut off after five minutes, only where all attempts end before", () => {
    expect(executionType(60)).toBe("EXPRESS");
    expect(childSeconds(60)).toBe(245);
    expect(executionType(78)).toBe("EXPRESS");
    expect(childSeconds(78)).toBe(299);
    expect(executionType(79)).toBe("STANDARD");
    expect(executionType(240)).toBe("STANDARD");
  });

  it("goes by the function's time limit", () => {
    const { States } = JSON.parse(
      batchDefinition({
        functionArn: "f",
        functionTimeoutSeconds: 240,
        reportFunctionArn: "r",
        uploadsBucket: "u",
        pendingPrefix: "p/",
        processedBucket: "p",
        concurrency: 1,
        itemsPerChild: 1,
        toleratedFailurePercent: 0,
        lockTable: "l",
        reportBucket: "b",
        reportPrefix: "r/",
      }),
    );
    expect(States.ProcessListed.ItemProcessor.ProcessorConfig.ExecutionType).toBe("STANDARD");
    expect(States.ProcessListed.ItemProcessor.States.ProcessImages.TimeoutSeconds).toBe(245);
  });
});
