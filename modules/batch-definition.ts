import { prefixes } from "../functions/common/layout";
import { batchChild } from "./batch-child";
import { giveLockBack, lockStates } from "./batch-lock";

export interface BatchDefinitionProps {
  readonly functionArn: string;
  /** Longest call of the function, in seconds. */
  readonly functionTimeoutSeconds: number;
  /** Sums up a run and writes its report. */
  readonly reportFunctionArn: string;
  readonly uploadsBucket: string;
  /** Prefix of images that wait. */
  readonly pendingPrefix: string;
  /** Feature records name the images that can go through again. */
  readonly processedBucket: string;
  /** Most children at once. */
  readonly concurrency: number;
  /** Most images a child gets, 1 to 100. */
  readonly itemsPerChild: number;
  /** Share of children that may fail for passing reasons before the run stops, 0 to 100; their images stay where they are. */
  readonly toleratedFailurePercent: number;
  readonly lockTable: string;
  readonly reportBucket: string;
  readonly reportPrefix: string;
}

/** The run's longest time, and with it the lock's: a run that is gone can't hold the lock for longer. */
export const runTimeoutSeconds = 6 * 60 * 60;

/**
 * The batch as a state machine: take the lock, or say who holds it and end well; hand the listed images to the function, if there are any, many
 * children at once; write the run's report; give the lock back (Step Functions Developer Guide, "Distributed mode", "Optimized integrations").
 *
 * It takes what is pending. With the input `{"reprocess": {"listing": "features" | "originals", "prefix": "dt=2026-01-31/"}}` it takes
 * images that went through before (operations/reprocess).
 */
export function batchDefinition(props: BatchDefinitionProps): string {
  const failed = { ErrorEquals: ["States.ALL"], ResultPath: "$.failure" };
  return JSON.stringify({
    Comment: "Processes every pending image once, or images of a day again.",
    StartAt: "Plan",
    TimeoutSeconds: runTimeoutSeconds,
    States: {
      Plan: { Type: "Pass", QueryLanguage: "JSONata", Output: plan(props), Next: "TakeLock" },
      ...lockStates(props.lockTable, runTimeoutSeconds, "LookForImages"),
      // Whether a Map over a listing of nothing succeeds is not documented, so that it is not asked to.
      LookForImages: {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:s3:listObjectsV2",
        Parameters: { "Bucket.$": "$.list.bucket", "Prefix.$": "$.list.prefix", MaxKeys: 1 },
        ResultSelector: { "found.$": "$.KeyCount" },
        ResultPath: "$.look",
        Retry: [faultOfTheMoment],
        Catch: [{ ...failed, Next: "ReportFailure" }],
        Next: "AnyImages",
      },
      AnyImages: {
        Type: "Choice",
        Choices: [{ Variable: "$.look.found", NumericEquals: 0, Next: "ReportNothing" }],
        Default: "ProcessListed",
      },
      ProcessListed: {
        Type: "Map",
        Label: "Images",
        ItemReader: {
          Resource: "arn:aws:states:::s3:listObjectsV2",
          Parameters: { "Bucket.$": "$.list.bucket", "Prefix.$": "$.list.prefix" },
        },
        ItemBatcher: { MaxItemsPerBatch: props.itemsPerChild },
        MaxConcurrency: props.concurrency,
        ToleratedFailurePercentage: props.toleratedFailurePercent,
        ItemProcessor: batchChild(props.functionArn, props.functionTimeoutSeconds),
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Parameters: { Bucket: props.reportBucket, "Prefix.$": "$.results" },
        },
        ResultPath: "$.done",
        Catch: [{ ...failed, Next: "ReportFailure" }],
        Next: "ReportSuccess",
      },
      ReportNothing: writeReport(props, { state: "succeeded" }, "GiveLockBack"),
      ReportSuccess: writeReport(props, { state: "succeeded", "results.$": "$.done" }, "GiveLockBack"),
      ReportFailure: writeReport(props, { state: "failed", "failure.$": "$.failure" }, "GiveLockBackAfterFailure"),
      GiveLockBack: giveLockBack(props.lockTable, "Finished"),
      GiveLockBackAfterFailure: giveLockBack(props.lockTable, "RunFailed"),
      Finished: { Type: "Succeed", OutputPath: "$.reported", Comment: "The output names the report." },
      RunFailed: { Type: "Fail", QueryLanguage: "JSONata", Error: "BatchFailed", Cause: runFailed },
    },
  });
}

const faultOfTheMoment = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 2,
  MaxAttempts: 3,
  BackoffRate: 2,
  JitterStrategy: "FULL",
};

/** What to list, and where the results go. An input that asks for anything else fails the run before it takes the lock. */
function plan({ uploadsBucket, pendingPrefix, processedBucket, reportPrefix }: BatchDefinitionProps): object {
  const again = (bucket: string, prefix: string) => `{"bucket": "${bucket}", "prefix": "${prefix}" & $again.prefix}`;
  return {
    list: `{% (
      $again := $states.context.Execution.Input.reprocess;
      $exists($again)
        ? ($again.listing = "features" ? ${again(processedBucket, prefixes.features)}
          : $again.listing = "originals" ? ${again(uploadsBucket, prefixes.originals)}
          : $error("reprocess.listing: expected features or originals"))
        : {"bucket": "${uploadsBucket}", "prefix": "${pendingPrefix}"}
    ) %}`,
    results: `{% "${reportPrefix}" & $states.context.Execution.Name %}`,
  };
}

/** The report function is told how the run went. Where it fails itself, the run does: nobody would see what became of the images. */
const writeReport = ({ reportFunctionArn }: BatchDefinitionProps, told: object, next: string) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: {
    FunctionName: reportFunctionArn,
    Payload: {
      "run.$": "$$.Execution.Name",
      "startedAt.$": "$$.Execution.StartTime",
      "listed.$": "$.list",
      ...told,
    },
  },
  ResultSelector: { "report.$": "$.Payload.report", "images.$": "$.Payload.images" },
  ResultPath: "$.reported",
  Retry: [faultOfTheMoment],
  Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "GiveLockBackAfterFailure" }],
  Next: next,
});

const runFailed = `{%
  $states.input.failure.Error & ": " & $substring($states.input.failure.Cause, 0, 500) &
  " Images that are not finished stay where they are, and the next run takes them. " &
  ($exists($states.input.reported)
    ? "Report: s3://" & $states.input.reported.report.bucket & "/" & $states.input.reported.report.key
    : "There is no report.")
%}`;
