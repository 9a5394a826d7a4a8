import { DeleteItemCommand, DynamoDBClient, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import {
  paginateListExecutions,
  paginateListStateMachines,
  SFNClient,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { Environment } from "../../../environments/schema";
import { bucketName, resourceName } from "../../../modules/names";
import type { ClientSettings } from "../client-settings";
import type { ObjectStore } from "../object-store";

/** Terraform's own state locks: a run that was killed leaves them, and nobody else can hold one while the account is off. */
export async function removeStaleStateLocks(store: ObjectStore, environment: Environment): Promise<void> {
  const bucket = bucketName(environment, "state");
  for (const { key } of await store.list(bucket, "")) {
    if (key.endsWith(".tflock")) await store.delete(bucket, key);
  }
}

/**
 * Ends batch runs that went on when the account was switched off, and takes their lock back: on AWS they would have
 * gone on, here nothing carries them any further. Before the first apply there is nothing to do.
 */
export async function endInterruptedBatches(settings: ClientSettings, environment: Environment): Promise<number> {
  const client = new SFNClient(settings);
  const name = resourceName(environment, "batch");
  let ended = 0;
  for await (const { stateMachines } of paginateListStateMachines({ client }, {})) {
    const stateMachineArn = stateMachines?.find((one) => one.name === name)?.stateMachineArn;
    if (stateMachineArn === undefined) continue;
    const running = { stateMachineArn, statusFilter: "RUNNING" } as const;
    for await (const { executions } of paginateListExecutions({ client }, running)) {
      for (const { executionArn } of executions ?? []) {
        await client.send(new StopExecutionCommand({ executionArn, cause: "The local account was switched off." }));
        ended++;
      }
    }
  }
  await giveLockBack(settings, resourceName(environment, "run-locks"));
  return ended;
}

async function giveLockBack(settings: ClientSettings, table: string): Promise<void> {
  const client = new DynamoDBClient(settings);
  try {
    await client.send(new DeleteItemCommand({ TableName: table, Key: { job: { S: "batch" } } }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
