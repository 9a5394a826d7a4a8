import type { LambdaClient } from "@aws-sdk/client-lambda";
import { z } from "zod";
import { UserError } from "../gitops/user-error";
import { type Backoff, backOff } from "../local/event-source/backoff";
import { callFunction, pauses } from "./call-function";
import type { ListedObject } from "./listing";

const attempt = z.object({
  left: z.int(),
  Items: z.array(z.looseObject({ Key: z.string() })),
  summary: z.string(),
});

export interface DispatchProps {
  readonly lambda: LambdaClient;
  /** The batch function. */
  readonly functionName: string;
  /** @default - half a second to 20 seconds */
  readonly backoff?: Backoff;
}

/** Calls for the same images at most, as in a run of the batch. */
const mostAttempts = 3;

/**
 * Gives listed images to the batch function, as the Distributed Map does, and those it hands back once more.
 * @returns keys of images that are not finished in the end, and why.
 * @throws UserError when the function cannot be called, or is another.
 */
export async function takeImages(
  images: readonly ListedObject[],
  { lambda, functionName, backoff = pauses }: DispatchProps,
): Promise<{ readonly left: readonly string[]; readonly failure?: string }> {
  let event: unknown = { Items: images.map(itemOf) };
  let left = images.map(({ key }) => key);
  let failure = "";
  for (let attempts = 1; attempts <= mostAttempts; attempts++) {
    const call = await callFunction(lambda, functionName, JSON.stringify(event), backoff);
    if (call.kind === "failed") {
      failure = call.answer.slice(0, 300);
    } else {
      const answer = attempt.safeParse(JSON.parse(call.answer || "null"));
      if (!answer.success) {
        throw new UserError(
          `The function ${functionName} is older than this command: apply the environment's compute stack first.`,
        );
      }
      if (answer.data.left === 0) return { left: [] };
      event = answer.data;
      left = answer.data.Items.map(({ Key }) => Key);
      failure = answer.data.summary.slice(0, 300);
    }
    if (attempts < mostAttempts) await backOff(backoff, attempts, new AbortController().signal);
  }
  return { left, failure };
}

/** The form in which the Distributed Map lists objects. */
const itemOf = ({ key, etag, sizeBytes, lastModified }: ListedObject) => ({
  Etag: etag,
  Key: key,
  LastModified: Math.floor(lastModified.getTime() / 1000),
  Size: sizeBytes,
});
