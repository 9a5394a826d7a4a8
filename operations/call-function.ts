import type { LambdaClient } from "@aws-sdk/client-lambda";
import { UserError } from "../gitops/user-error";
import { type Backoff, backOff } from "../local/event-source/backoff";
import { type Invocation, invoke } from "../local/event-source/invoke";

/** Pauses before a call is made again. */
export const pauses: Backoff = { baseMilliseconds: 500, capMilliseconds: 20_000 };

/** Throttled so often, the account has no calls left for this command. */
const mostRefusals = 10;

/**
 * Calls a function and waits for its end. A call that did not run is made again a few times.
 * @throws UserError when it never runs, or there is no such function.
 */
export async function callFunction(
  lambda: LambdaClient,
  functionName: string,
  payload: string,
  backoff = pauses,
): Promise<Exclude<Invocation, { kind: "not-run" }>> {
  for (let refusals = 1; ; refusals++) {
    const invocation = await invoke(lambda, functionName, payload);
    if (invocation.kind !== "not-run") return invocation;
    if (invocation.reason.startsWith("ResourceNotFoundException")) {
      throw new UserError(`There is no function ${functionName}: apply the environment's compute stack first.`);
    }
    if (refusals === mostRefusals) {
      throw new UserError(
        `The function ${functionName} could not be called ${mostRefusals} times: ${invocation.reason}.`,
      );
    }
    await backOff(backoff, refusals, new AbortController().signal);
  }
}
