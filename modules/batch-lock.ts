const job = { S: "batch" };
const now = "$floor($millis() / 1000)";

const refused = "DynamoDB.ConditionalCheckFailedException";

/** A refused condition is an answer; every other error may pass. */
const retry = [
  { ErrorEquals: [refused], MaxAttempts: 0 },
  { ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 4, BackoffRate: 2, JitterStrategy: "FULL" },
];

/** The states that take the lock, or name the run that holds it and end well. */
export const lockStates = (lockTable: string, holdSeconds: number, next: string) => ({
  TakeLock: {
    Type: "Task",
    QueryLanguage: "JSONata",
    Resource: "arn:aws:states:::dynamodb:putItem",
    Arguments: {
      TableName: lockTable,
      Item: {
        job,
        execution: { S: "{% $states.context.Execution.Id %}" },
        startedAt: { S: "{% $states.context.Execution.StartTime %}" },
        expiresAt: { N: `{% $string(${now} + ${holdSeconds}) %}` },
      },
      // Its own lock counts as free: a write whose answer got lost is made again.
      ConditionExpression: "attribute_not_exists(job) OR expiresAt < :now OR execution = :me",
      ExpressionAttributeValues: {
        ":now": { N: `{% $string(${now}) %}` },
        ":me": { S: "{% $states.context.Execution.Id %}" },
      },
    },
    Output: "{% $states.input %}",
    Retry: retry,
    Catch: [{ ErrorEquals: [refused], Next: "FindHolder" }],
    Next: next,
  },
  FindHolder: {
    Type: "Task",
    QueryLanguage: "JSONata",
    Resource: "arn:aws:states:::dynamodb:getItem",
    Arguments: { TableName: lockTable, Key: { job }, ConsistentRead: true },
    // The holder may have given the lock back meanwhile; a path to what is not there would fail the run.
    Output: { heldBy: "{% $exists($states.result.Item) ? $states.result.Item : 'a run that has just ended' %}" },
    Next: "AlreadyRunning",
  },
  AlreadyRunning: { Type: "Succeed", Comment: "The output names the run that holds the lock." },
});

/**
 * Only the run that holds the lock gives it back. That it is gone or another's by now is no failure of this run: it may have given
 * it back itself, in a call whose answer got lost.
 */
export const giveLockBack = (lockTable: string, next: string) => ({
  Type: "Task",
  Resource: "arn:aws:states:::dynamodb:deleteItem",
  Parameters: {
    TableName: lockTable,
    Key: { job },
    ConditionExpression: "execution = :me",
    ExpressionAttributeValues: { ":me": { "S.$": "$$.Execution.Id" } },
  },
  ResultPath: null,
  Retry: retry,
  Catch: [{ ErrorEquals: [refused], ResultPath: null, Next: next }],
  Next: next,
});
