import { readFileSync } from "node:fs";
import { UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { loadEnvironment } from "../../environments/load";
import { bundle } from "../../functions/bundle/bundle";
import { bucketName, resourceName } from "../../modules/names";
import type { OperatedAccount } from "../../operations/account";
import { BatchAccount } from "../support/batch-account";

/** `dev` as it is deployed, with the real functions and the real state machine, in an emulated account. */
export interface Deployed extends OperatedAccount {
  readonly account: BatchAccount;
  readonly logs: string;
  readonly lockTable: string;
  /** Deploys the functions as another version of the processing, or with other variables. */
  update(version: string, change?: Record<string, string>): Promise<void>;
}

export const firstVersion = "aaaaaaaaaaaa";
export const secondVersion = "bbbbbbbbbbbb";

export async function deployDev(folder: string): Promise<Deployed> {
  const loaded = loadEnvironment("dev");
  // One rendition and two images a call: less work, and more than one call.
  const [rendition] = loaded.processing.renditions;
  const processing = { ...loaded.processing, renditions: rendition ? [rendition] : [], batchItems: 2 };
  const environment = { ...loaded, processing };
  const bucket = (part: "uploads" | "processed" | "quarantine" | "logs") => bucketName(environment, part);
  const buckets = { uploads: bucket("uploads"), processed: bucket("processed"), quarantine: bucket("quarantine") };
  const [logs, lockTable] = [bucket("logs"), resourceName(environment, "run-locks")];
  const [account, built] = await Promise.all([
    BatchAccount.start(folder, [...Object.values(buckets), logs], lockTable, environment),
    bundle({ folder: "processing", architecture: "host" }, () => {}),
  ]);
  const zip = readFileSync(built.zipPath);
  const variables = (PROCESSING_VERSION: string) => ({
    ENVIRONMENT: environment.name,
    UPLOADS_BUCKET: buckets.uploads,
    PROCESSED_BUCKET: buckets.processed,
    QUARANTINE_BUCKET: buckets.quarantine,
    PROCESSING: JSON.stringify({ limits: processing.limits, renditions: processing.renditions }),
    PROCESSING_VERSION,
  });
  const functions = { stream: resourceName(environment, "stream"), batch: resourceName(environment, "batch") };
  const [functionArn, reportFunctionArn] = await Promise.all([
    account.deploy(functions.batch, "batch.handler", zip, variables(firstVersion)),
    account.deploy(resourceName(environment, "batch-report"), "report.handler", zip, { REPORTS_BUCKET: logs }),
    account.deploy(functions.stream, "stream.handler", zip, variables(firstVersion)),
  ]);
  const stateMachineArn = await account.stateMachine(resourceName(environment, "batch"), {
    functionArn,
    functionTimeoutSeconds: processing.timeoutSeconds,
    reportFunctionArn,
    uploadsBucket: buckets.uploads,
    pendingPrefix: "pending/",
    processedBucket: buckets.processed,
    concurrency: 4,
    itemsPerChild: processing.batchItems,
    toleratedFailurePercent: 10,
    lockTable,
    reportBucket: logs,
    reportPrefix: "batch-runs/",
  });
  const update = async (version: string, change = {}): Promise<void> => {
    for (const FunctionName of Object.values(functions)) {
      const Environment = { Variables: { ...variables(version), ...change } };
      await account.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment }));
    }
  };
  const { s3, lambda, sfn } = account;
  return {
    account,
    environment,
    kind: "aws",
    s3,
    lambda,
    sfn,
    buckets,
    functions,
    stateMachineArn,
    logs,
    lockTable,
    update,
  };
}
