import { mostAttempts } from "../functions/batch/attempt";

/** Longest run of an Express workflow, in seconds (Step Functions quotas). */
const expressSeconds = 300;

/** Throttled calls and faults of Lambda itself are tried again after 2, 4 and 8 seconds at most. */
const retry = { IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: 20, JitterStrategy: "FULL" };
const retrySeconds = 2 + 4 + 8;

/** Longest wait between two attempts (functions/batch/attempt.ts). */
const waitSeconds = 4;
const waitAfterCrashSeconds = 2;

/** A call that Lambda itself does not end in time is given up after this much more. */
const graceSeconds = 5;

/** Longest that a child can take, with every attempt used up to its end. */
export const childSeconds = (timeoutSeconds: number): number =>
  mostAttempts * (timeoutSeconds + graceSeconds + retrySeconds) + (mostAttempts - 1) * waitSeconds;

/**
 * How children run. An Express child is the cheapest, but is cut off after five minutes, in the middle of an attempt if need be; where the
 * attempts may take longer, children are Standard workflows, which have no such limit and cost a few dollars more a million images
 * (docs/operations.md).
 */
export const executionType = (timeoutSeconds: number): "EXPRESS" | "STANDARD" =>
  childSeconds(timeoutSeconds) <= expressSeconds ? "EXPRESS" : "STANDARD";

/**
 * The states of a child: the function works on its images and hands back those that are left, a few times at most. A child of which
 * images are left in the end fails, with its counts as the cause. A call that crashed or was cut off counts as an attempt, too.
 */
export function batchChild(functionArn: string, timeoutSeconds: number) {
  return {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType(timeoutSeconds) },
    StartAt: "ProcessImages",
    States: {
      ProcessImages: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: functionArn, "Payload.$": "$" },
        TimeoutSeconds: timeoutSeconds + graceSeconds,
        Retry: [{ ErrorEquals: passing, ...retry }],
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.crash", Next: "CountCrash" }],
        OutputPath: "$.Payload",
        Next: "AnyLeft",
      },
      CountCrash: { Type: "Pass", QueryLanguage: "JSONata", Output: crashed, Next: "AnyLeft" },
      AnyLeft: {
        Type: "Choice",
        Choices: [
          { Variable: "$.left", NumericEquals: 0, Next: "Counts" },
          { Variable: "$.attempts", NumericGreaterThanEquals: mostAttempts, Next: "Unfinished" },
        ],
        Default: "WaitAWhile",
      },
      WaitAWhile: { Type: "Wait", SecondsPath: "$.waitSeconds", Next: "ProcessImages" },
      Counts: {
        Type: "Pass",
        Parameters: {
          "processed.$": "$.processed",
          "quarantined.$": "$.quarantined",
          "skipped.$": "$.skipped",
        },
        End: true,
      },
      Unfinished: { Type: "Fail", Error: "ImagesUnfinished", CausePath: "$.summary" },
    },
  };
}

/** Before the function ran. */
const passing = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
];

/** The attempt's outcome as the function would tell it (functions/batch/attempt.ts): nothing is known, so that everything is left. */
const crashed = `{%
  (
    $child := $states.input;
    $number := function($value) { $exists($value) ? $value : 0 };
    $left := $exists($child.Items) ? $count($child.Items) : 1;
    $counts := {
      "processed": $number($child.processed),
      "quarantined": $number($child.quarantined),
      "skipped": $number($child.skipped)
    };
    $merge([$child, $counts, {
      "attempts": $number($child.attempts) + 1,
      "left": $left,
      "waitSeconds": ${waitAfterCrashSeconds},
      "summary": $string($merge([$counts, {
        "failed": $left,
        "failure": $substring($child.crash.Error & ": " & $child.crash.Cause, 0, 500)
      }]))
    }])
  )
%}`;
