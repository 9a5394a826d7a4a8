import { s3Client } from "../store/s3-client";
import { readConfiguration } from "../terraform/configuration";
import type { Stack } from "../terraform/manifest";
import { UserError } from "../user-error";
import { lockEnding, readLock } from "./state-lock";

/**
 * What to say of the lock that lies on a stack's state after an apply has failed: one that it could not get, or that a Terraform
 * that was killed has left. Undefined when there is none; where S3 does not say, Terraform's own error has to do.
 */
export async function leftLock(env: NodeJS.ProcessEnv, stack: Stack): Promise<string | undefined> {
  const { backend } = readConfiguration(stack.folder);
  if (backend === undefined) return undefined;
  const { bucket, key, region } = backend;
  try {
    const lock = await readLock(s3Client(env, region), { bucket, key: `${key}${lockEnding}` });
    if (lock === undefined) return undefined;
    const { created, who, operation, id } = lock;
    const line = `npm run unlock -- ${stack.environment} ${stack.layer} ${id}`;
    return `${stack.name} is locked since ${created} by ${who} (${operation}). When nobody works on it any more: ${line}`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return undefined;
  }
}
