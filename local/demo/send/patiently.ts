import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../../gitops/user-error";

/** When to try again where nobody says, in seconds. */
const againSeconds = 1;

/** How long a service may keep saying "later" until sending counts as failed, in seconds. */
const mostSeconds = 120;

/**
 * Sends a request until the service answers it: after 429 and 503 as late as `Retry-After` says, after a broken connection a
 * second later. What is sent must be safe to send again.
 * @param what - for messages: "Web app 1, cat.jpg"
 * @throws UserError when the service says "later" for two minutes; the signal's reason
 */
export async function patiently(what: string, send: () => Promise<Response>, signal: AbortSignal): Promise<Response> {
  const until = Date.now() + mostSeconds * 1000;
  for (;;) {
    signal.throwIfAborted();
    let [said, seconds] = ["", againSeconds];
    try {
      const answer = await send();
      if (answer.status !== 429 && answer.status !== 503) return answer;
      said = `${answer.status} ${await answer.text()}`;
      seconds = Number(answer.headers.get("retry-after")) || againSeconds;
    } catch (error) {
      signal.throwIfAborted();
      said = error instanceof Error ? `${error.message}: ${error.cause ?? ""}` : String(error);
    }
    if (Date.now() + seconds * 1000 > until) {
      throw new UserError(`${what}: not taken within ${mostSeconds} s. The last answer: ${said}`);
    }
    // The signal's own reason is thrown above.
    await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}
